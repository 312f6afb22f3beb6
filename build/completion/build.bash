# Completes targets, parameters and their values after ./build.sh. In ~/.bashrc:  source <repository>/build/completion/build.bash
_build_sh() {
    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
    # shellcheck disable=SC2207
    COMPREPLY=($("$1" :complete "$line" 2>/dev/null </dev/null))
    # bash begins a new word at = too, and wants only what belongs there.
    local word=${line##* }
    [ "$current" != "=" ] || current=
    COMPREPLY=("${COMPREPLY[@]#"${word%"$current"}"}")
}
complete -o default -F _build_sh build.sh ./build.sh build.cmd ./build.cmd
