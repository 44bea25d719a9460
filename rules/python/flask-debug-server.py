import joblib
from flask import Flask, jsonify, request

app = Flask(__name__)
model = joblib.load("model.joblib")


@app.post("/predict")
def predict():
    return jsonify(model.predict([request.json["features"]]).tolist())


def develop():
    # ruleid: flask-debug-server
    app.run(debug=True)


def test(loop, args):
    # ok: flask-debug-server
    loop.run(debug=True)
    # ok: flask-debug-server
    app.run(debug=args.debug)
    # ok: flask-debug-server
    app.run(host="127.0.0.1", port=8080)


if __name__ == "__main__":
    # ruleid: flask-debug-server
    app.run(host="0.0.0.0", port=8080, debug=True)
