from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Column, Integer, LargeBinary, PickleType
from sqlalchemy.orm import DeclarativeBase, mapped_column

db = SQLAlchemy()


class Base(DeclarativeBase):
    pass


class Trial(Base):
    __tablename__ = "trials"
    # ok: sqlalchemy-pickle-column
    id = Column(Integer, primary_key=True)
    # ruleid: sqlalchemy-pickle-column
    parameters = Column(PickleType)
    # ruleid: sqlalchemy-pickle-column
    state = Column("state", PickleType(protocol=4), nullable=True)
    # ruleid: sqlalchemy-pickle-column
    metrics = mapped_column(PickleType)
    # ok: sqlalchemy-pickle-column
    settings = Column(JSON)
    # ok: sqlalchemy-pickle-column
    weights = mapped_column(LargeBinary)


class Run(db.Model):
    # ruleid: sqlalchemy-pickle-column
    config = db.Column(db.PickleType(), nullable=False)
    # ok: sqlalchemy-pickle-column
    name = db.Column(db.String(80))
