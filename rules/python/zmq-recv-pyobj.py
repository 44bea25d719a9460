import numpy as np
import zmq


def serve(port):
    socket = zmq.Context().socket(zmq.REP)
    socket.bind(f"tcp://*:{port}")
    while True:
        # ruleid: zmq-recv-pyobj
        request = socket.recv_pyobj()
        socket.send_pyobj(request)


class Worker:
    def __init__(self, socket):
        self.socket = socket

    def step(self):
        # ruleid: zmq-recv-pyobj
        return self.socket.recv_pyobj(flags=zmq.NOBLOCK)


def serve_json(socket):
    # ok: zmq-recv-pyobj
    return socket.recv_json()


def receive_array(socket, dtype, shape):
    # ok: zmq-recv-pyobj
    return np.frombuffer(socket.recv(), dtype=dtype).reshape(shape)
