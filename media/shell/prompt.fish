# Run after the person's own configuration in an Anton terminal.
function fish_prompt
    echo -n 'anton> '
end
function fish_right_prompt
end
function fish_mode_prompt
end
