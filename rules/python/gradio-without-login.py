import os

import gradio as gr

demo = gr.Interface(fn=str.upper, inputs="text", outputs="text")
HOST = "0.0.0.0"


def main():
    # ruleid: gradio-without-login
    demo.launch(server_name="0.0.0.0", server_port=7860)


def main_of_constant():
    # ruleid: gradio-without-login
    demo.queue(max_size=20).launch(server_name="0.0.0.0")


def local():
    # ok: gradio-without-login
    demo.launch(server_name="127.0.0.1")
    # ok: gradio-without-login
    demo.launch(server_name="0.0.0.0", auth=("reviewer", os.environ["DEMO_PASSWORD"]))
    # ok: gradio-without-login
    demo.launch(server_name="0.0.0.0", share=True)
    # ok: gradio-without-login
    demo.launch()
