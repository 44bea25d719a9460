/** Tells random text from words, as Semgrep's entropy analyzer does: by how unusual each pair of letters is. */

const PLAIN = 26;
const NEUTRAL = 30;
/** The sum from which on a text counts as random. */
const RANDOM = 75;
/** UTF-16 units; what is longer is judged by its beginning. */
const MAX_LENGTH = 1000;

const LEVELS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * How unusual a pair is: a row for its first letter, a column for its second, then all that is no letter. Fitted to what
 * Semgrep 1.182 answers for 240,000 strings, and not its own table: some texts are judged otherwise, most of them close to
 * the border.
 */
const PAIRS = [
  'pkbftnirjxqahXvk1ZcZloowk1p',
  'dqorbsurhqwftrctzklsbxt1k1n',
  'cvnrcuwdg0jkuqas2iqckvw7q3p',
  'dnmlZnrnauvkmqeo2jfklqq3o0p',
  'anddfijoj1uhjZjk2YZfpqirp2r',
  'dspsdktrcyujprbs1ilihvs2s4o',
  'eqprbqnagwukojeq0hhniur3q0n',
  'brorcsurbyuoqocrzrnekws4ozn',
  'kpbgfkguszufjUem2haZtpvy2vt',
  'erpodqrnksrprrfpwpqqfsq0vxl',
  'gpmoYoplcvqmmiioznhlmpk0pxl',
  'confWottb0sfqpcr5rhigvt7k4q',
  'Znlnbqtqdwxokpbi2pkokup4n2o',
  'erhgdohpgxrppmdr3sfejtp4s1n',
  'nljjrgnqlypgeXhj4Ziecoeyv2s',
  'apnpartggxsfnqbk1elfjts3q3n',
  'moprtsrqkrsqqtotvrrqVrpwtzk',
  'aqmjVqoqb1qnklZr3ohhkvq8n2o',
  'dohoakqfbxrmlnhlzpfYhvk4q4p',
  'crjpbpscZzxpopds8ighlsp8m1o',
  'kmjmhqork1teeapi1aecxwu2v1p',
  'dsrrVsurZwwutuirzroupur1s2n',
  'eroqessicxuqrkds1nkqrup2t1m',
  'gngmknnmcspkknlkvnidnlmrlvj',
  'dlklgponhspljgglwjeimpl1szn',
  'eooqcopjjuqpooiowpnolomylol',
  'iljjillhisphkggnthigjmlwmvn',
];

const SCORES = Int8Array.from(PAIRS.join(''), (level) => LEVELS.indexOf(level) - NEUTRAL);

export function isRandom(text: string): boolean {
  let score = 0;
  let previous = PLAIN;
  let varies = false;
  for (let at = 0; at < Math.min(text.length, MAX_LENGTH); at++) {
    const letter = letterAt(text, at);
    if (at >= 2) score += SCORES[previous * (PLAIN + 1) + letter]!;
    varies ||= text[at] !== text[0];
    previous = letter;
  }
  return varies && score > RANDOM;
}

/** 0 to 25 for a letter of either case. */
function letterAt(text: string, at: number): number {
  const letter = (text.charCodeAt(at) | 0x20) - 97;
  return letter >= 0 && letter < PLAIN ? letter : PLAIN;
}
