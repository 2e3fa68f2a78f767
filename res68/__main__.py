"""What `python -m res68` runs: the commands; Ctrl-C while they are being read in is no error either."""

import sys

INTERRUPTED = 130

if __name__ == "__main__":
    try:
        from res68.commands import main
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    main()
