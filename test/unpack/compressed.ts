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

/** With a mark at its end, and no size. */
export const LZMA = Buffer.from(
  [
    'XQAAgAD//////////wA2GkofCKAmA00GnfiypaytXJU2FByE4rwmdf1Fa4LjXTbzpS24CAa7SfVxmdTwnNQ0FtZzL6h2ub5kDn+CBv7A/weW6i5Ado',
    'MUxX1iNrKPOOtGTNEjEX4yzc/2A0vPAoMqG1TC7Xxs547+O4w4xOIc31kqjbaIbqFpH85gfWaao+9IQfsHTJkiadQzgzrEOfH5hHw2lnDC1/h+pQS0',
    'Feu/u+Vx2tlob/KxLxbcsy///YIWQA==',
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

/** 50 MiB of zeros. */
export const BZIP2_ZEROS = Buffer.from(
  'QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZ7Px7ZgAyA2AAwAAAAIAIIAAwzAUpplAItioBF4u5IpwoSHh332wA',
  'base64',
);

/** 256 KiB of zeros in LZMA2 without its end, which can stand there again and again. */
export const LZMA2_ZEROS = Buffer.from(
  [
    '4///AGpdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2Pd',
    'EDKtfDW1G6eXDdoi3llestk3haR1vq/zrOgA=',
  ].join(''),
  'base64',
);
