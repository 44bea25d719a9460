import nltk
import statsmodels.api as sm
import xgboost
from fastai.vision.all import load_learner
from gensim.models import KeyedVectors, Word2Vec
from stable_baselines3 import PPO


def load_classifier(path):
    # ruleid: model-loader-over-pickle
    return load_learner(path)


def load_vectors(path):
    # ruleid: model-loader-over-pickle
    return Word2Vec.load(path).wv


def load_agent(path, env):
    # ruleid: model-loader-over-pickle
    return PPO.load(path, env=env)


def load_results(path):
    # ruleid: model-loader-over-pickle
    return sm.load(path)


def load_sentences():
    # ruleid: model-loader-over-pickle
    return nltk.data.load("tokenizers/punkt/english.pickle")


def load_text_vectors(path):
    # ok: model-loader-over-pickle
    return KeyedVectors.load_word2vec_format(path, binary=True)


def load_grammar():
    # ok: model-loader-over-pickle
    return nltk.data.load("grammars/book_grammars/drt.fcfg")


def load_booster(path):
    booster = xgboost.Booster()
    # ok: model-loader-over-pickle
    booster.load_model(path)
    return booster
