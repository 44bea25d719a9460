/** Loaded before a program that is measured: says at its end how much memory it had at most. */
process.on('exit', () => {
  process.stderr.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1_024)} MB\n`);
});
