# Completes targets, parameters and their values after ./build.ps1. In $PROFILE:  . <repository>/build/completion/build.ps1
Register-ArgumentCompleter -Native -CommandName build.ps1, build.cmd, build.sh -ScriptBlock {
    param($word, $ast, $position)
    $line = $ast.ToString()
    $length = $position - $ast.Extent.StartOffset
    $line = $line.PadRight($length).Substring(0, $length)
    & $ast.CommandElements[0].Value :complete $line 2>$null |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
