import boto3
from google.cloud import storage

s3 = boto3.client("s3")


def publish(path, bucket):
    # ruleid: bucket-object-public
    s3.upload_file(path, bucket, "model.safetensors", ExtraArgs={"ACL": "public-read"})
    # ruleid: bucket-object-public
    s3.put_object(Bucket=bucket, Key="train.parquet", Body=b"", ACL="public-read-write")
    # ruleid: bucket-object-public
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")


def publish_to_google(path, name):
    bucket = storage.Client().bucket(name)
    blob = bucket.blob("model.safetensors")
    blob.upload_from_filename(path)
    # ruleid: bucket-object-public
    blob.make_public()


def keep(path, bucket):
    # ok: bucket-object-public
    s3.upload_file(path, bucket, "model.safetensors")
    # ok: bucket-object-public
    s3.upload_file(path, bucket, "model.safetensors", ExtraArgs={"ACL": "private", "ServerSideEncryption": "aws:kms"})
    # ok: bucket-object-public
    return s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "model.safetensors"})
