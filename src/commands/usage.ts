/** What `assay --help` prints. */

export const USAGE = `Assay reviews changes of machine-learning repositories for security.

  assay review [--repo DIR] [--base REV] [--head REV]   what a change newly introduces, as the App would say it
  assay scan PATH…                                      everything that is found in files and folders
  assay test DIR                                        rules against their annotated targets
  assay rules [ID]                                      the rules, or all that one says
  assay --version

Options of review and scan
  --format text|json|sarif   what to print (default text)
  --output FILE              where to print it (default standard output)
  --rules FILE|DIR           rules in addition to Assay's own (may be given again)
  --only-rules FILE|DIR      rules instead of Assay's own (may be given again)
  --fail-on SEVERITY         critical, high, medium, low, info or never (default: the policy's, else high)

Options of review
  --repo DIR                 the repository (default: this folder)
  --base REV                 what to compare with (default: the remote's main branch); its merge base with the head counts
  --head REV                 what to review (default HEAD)

Options of test and rules
  --json                     print JSON

Exit codes: 0 nothing blocks, 1 something does, 2 wrong use or configuration, 3 a fault of Assay's.
`;
