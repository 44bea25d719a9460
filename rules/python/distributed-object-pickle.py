import horovod.torch as hvd
import torch
import torch.distributed as dist
from torch.distributed import rpc


def receive_config(source):
    objects = [None]
    # ruleid: distributed-object-pickle
    dist.recv_object_list(objects, src=source)
    return objects[0]


def share_epoch(epoch):
    # ruleid: distributed-object-pickle
    return hvd.broadcast_object(epoch, root_rank=0, name="epoch")


def start(rank, world_size):
    # ruleid: distributed-object-pickle
    rpc.init_rpc(f"worker{rank}", rank=rank, world_size=world_size)


def receive_tensor(source, shape):
    tensor = torch.empty(shape)
    # ok: distributed-object-pickle
    dist.recv(tensor, src=source)
    # ok: distributed-object-pickle
    dist.broadcast(tensor, src=0)
    # ok: distributed-object-pickle
    return hvd.allreduce(tensor)


def send_config(config, target):
    # ok: distributed-object-pickle
    dist.send_object_list([config], dst=target)
