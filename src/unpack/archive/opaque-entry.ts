/** Which entries are arrays, media or machine code: nobody would look for a text in them, however large they are. */
import { isBinary } from '#domain/text-bytes.ts';

const NAMES =
  /\.(?:npy|h5|hdf5|parquet|arrow|feather|safetensors|onnx|gguf|pb|tflite|pth?|ckpt|bin|png|jpe?g|gif|webp|bmp|tiff?|mp[34]|wav|flac|ogg|webm|mov|avi|dll|dylib|pyd|so(?:\.\d+)*|exe|node|wasm|class|dex|[ot]tf|woff2?)$|(?:^|\/)data\/\d+$/i;

/** By the name and by `beginning`, its first bytes: a name alone can say anything. PyTorch calls its tensors `data/0`. */
export function isOpaqueEntry(name: string, beginning: Uint8Array): boolean {
  return NAMES.test(name) && isBinary(beginning);
}
