from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from flask import Flask
from flask_cors import CORS

app = FastAPI()
# ruleid: cors-any-origin-with-credentials
app.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)

inference = FastAPI()
# ruleid: cors-any-origin-with-credentials
inference.add_middleware(CORSMiddleware, allow_credentials=True, allow_origins=["*"])

legacy = Flask(__name__)
# ruleid: cors-any-origin-with-credentials
CORS(legacy, origins="*", supports_credentials=True)

public = FastAPI()
# ok: cors-any-origin-with-credentials
public.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])

own = FastAPI()
# ok: cors-any-origin-with-credentials
own.add_middleware(CORSMiddleware, allow_origins=["https://app.example.org"], allow_credentials=True)

# ok: cors-any-origin-with-credentials
CORS(legacy, origins=["https://app.example.org"], supports_credentials=True)
