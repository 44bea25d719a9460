from smolagents import CodeAgent, InferenceClientModel, WebSearchTool

model = InferenceClientModel()

# ruleid: smolagents-any-import
agent = CodeAgent(tools=[WebSearchTool()], model=model, additional_authorized_imports=["*"])

# ruleid: smolagents-any-import
helper = CodeAgent(
    tools=[],
    model=model,
    additional_authorized_imports=["pandas", "os", "numpy"],
    max_steps=10,
)

# ok: smolagents-any-import
careful = CodeAgent(tools=[], model=model, additional_authorized_imports=["pandas", "numpy.*"])

# ok: smolagents-any-import
boxed = CodeAgent(tools=[], model=model, executor_type="docker", additional_authorized_imports=["*"])

# ok: smolagents-any-import
plain = CodeAgent(tools=[], model=model)
