if [[ -n $_anton_zdotdir ]]; then
  ZDOTDIR=$_anton_zdotdir
else
  unset ZDOTDIR
fi
unset _anton_zdotdir ANTON_ZSH ANTON_ZDOTDIR
[[ -r ${ZDOTDIR-$HOME}/.zshrc ]] && . "${ZDOTDIR-$HOME}/.zshrc"
PROMPT='anton> '
RPROMPT=
# Themes set the prompt anew before each line; ours comes after them.
if (( ${#precmd_functions} )) || (( $+functions[precmd] )); then
  _anton_prompt() { PROMPT='anton> '; RPROMPT= }
  precmd_functions+=(_anton_prompt)
fi
# VS Code's shell integration comes last, because its marks are put around the prompt. It does not know nounset.
if [[ -r ${ANTON_INTEGRATION-} && ! -o nounset ]]; then
  . "$ANTON_INTEGRATION"
  # It marks the prompt only after a command; an empty line would leave ours without marks.
  if (( $+functions[_anton_prompt] )); then
    _anton_marks() { [[ $PROMPT != 'anton> ' ]] || PROMPT=$'%{\e]633;A\a%}anton> %{\e]633;B\a%}' }
    precmd_functions+=(_anton_marks)
  fi
fi
unset ANTON_INTEGRATION VSCODE_NONCE VSCODE_STABLE
