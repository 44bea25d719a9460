/** A text under the compressions that Node can read no more than it can write: made once, by the programs of that name. */

export const TEXT = [
  ...Array.from({ length: 60 }, (_, index) => `line ${(index * index) % 97} of the log\n`),
  `${'a'.repeat(700)}\nEPOCHS=3\n`,
].join('');

export const BZIP2 = Buffer.from(
  [
    'QlpoMTFBWSZTWSW50lcAAYzfiIAQQAB/4gpAyAAj5YQAABAACDAAxZDERkTSeoA0GgQ1J4KaNAAACKk9U0whhGajTGn3aUSCfAAJOJwsvga2eN',
    'a5DukKQqpmrCmE0KmbNVML3ek2m8C1ZotgCTxmMTTSdHIaWZ7shFgHZylZNSMQkIoI3qRXmAxgTVnWSmcRIgqsrlESAiq0gZ6+/k9Z0K/yHAK/',
    'wV5AVoCtAV7grgCtAVkCsArIFYP8XckU4UJAludJXA==',
  ].join(''),
  'base64',
);

export const XZ = Buffer.from(
  [
    '/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AcwAK5dADYaSh8IoCYDTQad+LKlrK1clTYUHITivCZ1/UVrguNdNvOlLbgIBrtJ9XGZ1PCc1DQW1n',
    'MvqHa5vmQOf4IG/sD/B5bqLkB2gxTFfWI2so8460ZM0SMRfjLNz/YDS88CgyobVMLtfGznjv47jDjE4hzfWSqNtohuoWkfzmB9Zpqj70hB+wdM',
    'mSJp1DODOsQ58fmEfDaWcMLX+H6lBLQV67+75XHa2Whv8rEvDo5sAAAAAIIobE4AAcYBsQ4AADEE1JY+MA2LAgAAAAABWVo=',
  ].join(''),
  'base64',
);
