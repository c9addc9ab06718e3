# zsh looks here for its start-up files in an Anton terminal. Each runs the person's own first.
if [[ -n ${ANTON_ZDOTDIR-} ]]; then
  ZDOTDIR=$ANTON_ZDOTDIR
else
  unset ZDOTDIR
fi
[[ -r ${ZDOTDIR-$HOME}/.zshenv ]] && . "${ZDOTDIR-$HOME}/.zshenv"
# Remember where the person's files are, which their own .zshenv may have changed, and have zsh come back here.
_anton_zdotdir=${ZDOTDIR-}
ZDOTDIR=$ANTON_ZSH
