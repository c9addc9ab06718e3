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
