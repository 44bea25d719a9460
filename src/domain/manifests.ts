/** Reading of single text files of both sides of a change, from wherever the change itself came. */

export interface SidePaths {
  readonly base: readonly string[];
  readonly head: readonly string[];
}

/** The texts of those files that exist, by path. */
export interface SideTexts {
  readonly base: ReadonlyMap<string, string>;
  readonly head: ReadonlyMap<string, string>;
}

export interface ManifestSource {
  /** Folders that may be asked for on one side; the root comes first. */
  readonly maxFolders: number;
  read(paths: SidePaths): Promise<SideTexts>;
}
