# Completes targets, parameters and their values after ./build.sh. In ~/.zshrc, after compinit:  source <repository>/build/completion/build.zsh
_build_sh() {
    local -a items
    items=(${(f)"$(${~words[1]} :complete "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null </dev/null)"})
    if (( $#items )); then
        compadd -- $items
    else
        _files
    fi
}
compdef _build_sh build.sh build.cmd
