# Run after the person's own configuration in an Anton terminal.
function fish_prompt
    echo -n 'anton> '
end
function fish_right_prompt
end
function fish_mode_prompt
end
# VS Code's shell integration wraps the prompt that is there when it is loaded. It leaves the shell outside of VS Code.
if test "$TERM_PROGRAM" = vscode -a -r "$ANTON_INTEGRATION"
    # Where it reads the nonce itself, it keeps it to a block that ends at once.
    set -g __vsc_nonce $VSCODE_NONCE
    source $ANTON_INTEGRATION
end
set -e ANTON_INTEGRATION
set -e VSCODE_NONCE
set -e VSCODE_STABLE
