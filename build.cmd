:; # For sh this line and the next, for cmd the rest: one command line for workflows on every system.
:; exec "$(dirname -- "$0")/build.sh" "$@"
@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0build.ps1" %*
@exit /b %ERRORLEVEL%
