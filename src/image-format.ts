/** File systems whose images are made by the programs that belong to them. */
export const FILE_SYSTEMS = ['erofs', 'ext4', 'ext2', 'btrfs'] as const;

export type FileSystem = (typeof FILE_SYSTEMS)[number];

/** What an extension can be written as. */
export const IMAGE_FORMATS = ['squashfs', 'directory', ...FILE_SYSTEMS] as const;

export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** True for the formats that need a program of the system: {@link FILE_SYSTEMS}. */
export function isFileSystem(format: ImageFormat): format is FileSystem {
  return FILE_SYSTEMS.some(fileSystem => fileSystem === format);
}

/** What made an image of one of the {@link FILE_SYSTEMS}. */
export interface ImageMaker {
  /** With its version: `mke2fs 1.47.0`. */
  readonly program: string;
  /** The same version makes the same bytes again. */
  readonly reproducible: boolean;
}
