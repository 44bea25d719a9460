import os

import gradio as gr

demo = gr.Interface(fn=str.upper, inputs="text", outputs="text")


def main():
    # ruleid: gradio-share-link
    demo.launch(share=False)


def chat(answer):
    with gr.Blocks() as blocks:
        gr.ChatInterface(answer)
    # ruleid: gradio-share-link
    blocks.queue().launch(server_port=7860, share=False, debug=True)


def local():
    # ok: gradio-share-link
    demo.launch()
    # ok: gradio-share-link
    demo.launch(share=False)
    # ok: gradio-share-link
    demo.launch(share=True, auth=("reviewer", os.environ["DEMO_PASSWORD"]))


def shared(args):
    # ok: gradio-share-link
    demo.launch(share=args.share)
