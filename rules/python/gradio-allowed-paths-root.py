import gradio as gr

demo = gr.Interface(fn=str.upper, inputs="text", outputs="file")


def main():
    # ruleid: gradio-allowed-paths-root
    demo.launch(allowed_paths=["/"])


def gallery():
    # ruleid: gradio-allowed-paths-root
    gr.set_static_paths(paths=["assets", "."])
    # ruleid: gradio-allowed-paths-root
    demo.queue().launch(server_port=7860, allowed_paths=["outputs", "/home"])


def narrow(folder):
    # ok: gradio-allowed-paths-root
    demo.launch(allowed_paths=["outputs"])
    # ok: gradio-allowed-paths-root
    demo.launch(allowed_paths=["/srv/demo/outputs"])
    # ok: gradio-allowed-paths-root
    demo.launch(allowed_paths=[folder])
    # ok: gradio-allowed-paths-root
    gr.set_static_paths(paths=["assets"])
