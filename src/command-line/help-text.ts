/** What stands above the list of options in `--help`. */
export const examplesText = `Converts a Torcx image to an image for systemd-sysext.

Examples:
  torcx2sysext docker:20.10.torcx.tgz
      writes docker.raw, docker.report.md and docker.report.json
  torcx2sysext
      asks on the terminal what to convert, and how
  torcx2sysext --dry-run docker:20.10.torcx.tgz
      shows where every file goes and what needs a look; writes nothing
  torcx2sysext --output /srv/images image.tgz mytool
      writes /srv/images/mytool.raw and its reports
  curl -fL https://example.com/image.tgz | torcx2sysext - mytool
      reads standard input
  torcx2sysext --inspect docker:20.10.torcx.tgz
      says what is in it, what would change, and whether it converts
  torcx2sysext --docker 28.5.1 mydocker
      makes mydocker.raw of Docker's static release instead
  torcx2sysext --bake ./mytool
      makes mytool.raw of what is in ./mytool/usr and ./mytool/opt
  torcx2sysext --check /etc
      finds what depends on Torcx in a node's configuration; --diff and --fix
      mend it
`;

/** What stands below it. */
export const settingsText = `Environment:
  TORCX2SYSEXT_X               the value of the option --x: TORCX2SYSEXT_JOBS=2;
                               1 or 0 for one without a value
  OS, ARCH, FORMAT, RELOAD, SOURCE_DATE_EPOCH
                               --os, --arch, --image-format, --reload (or
                               --no-reload, for 0) and --source-date-epoch
  ONLY_DOCKER=1                --only docker; ONLY_CONTAINERD=1 likewise
  NO_COLOR, FORCE_COLOR, CI    as usual

Exit status: 0 done, 1 findings of --check, or --strict and warnings, 2 usage,
3 nothing to check, 4 archive unreadable, unsafe or not a Torcx image,
5 something could not be checked, 6 output exists, no space or no permission,
7 a needed tool or feature is missing, 70 internal error, 128+n signal.
`;
