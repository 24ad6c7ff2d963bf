
# What follows asks the running balancer for names. It says nothing where that does not answer.

# Prints names of a kind: backends, pools or listeners.
function _loble_names() {
  # An alias is no command to the shell before it is read once more.
  if [ -n "${ZSH_VERSION-}" ]; then setopt local_options aliases; fi
  eval "${COMP_WORDS[0]} ctl names $1 --timeout 1s $2" 2>/dev/null </dev/null
}

function _loble_complete() {
  local line="${COMP_LINE:0:$COMP_POINT}" words name cur="" kind="" prefix="" options="" rest=() i
  if [ -n "${ZSH_VERSION-}" ]; then read -r -A words <<<"$line"; else read -r -a words <<<"$line"; fi
  local last=$((${#words[@]} - 1))
  case "$line" in
    *" ") last=$((last + 1)) ;;
    *) cur="${words[$last]}" ;;
  esac

  # The words of the command, and which balancer it is about.
  for ((i = 1; i < last; i++)); do
    case "${words[$i]}" in
      --admin | --token-file | --ca | --cert | --key)
        options="$options ${words[$i]} $(printf %q "${words[$((i + 1))]-}")"
        i=$((i + 1))
        ;;
      --admin=* | --token-file=* | --ca=* | --cert=* | --key=*)
        options="$options $(printf %q "${words[$i]}")"
        ;;
      --timeout | --interval | --count | --sort | --width) i=$((i + 1)) ;;
      -*) ;;
      *) rest+=("${words[$i]}") ;;
    esac
  done

  case "${rest[0]-} ${rest[1]-} ${#rest[@]} $cur" in
    "ctl "*" pool="*) kind=pools prefix=pool= ;;
    "ctl "*" backend="*) kind=backends prefix=backend= ;;
    "ctl "*" listener="*) kind=listeners prefix=listener= ;;
    *" -"*) ;;
    "ctl "drain" 2 "* | "ctl "ready" 2 "* | "ctl "maintenance" 2 "*) kind=backends ;;
    "ctl "weight" 2 "* | "ctl "rm" 2 "*) kind=backends ;;
    "ctl "pool" 3 "*) [ "${rest[2]}" = rm ] && kind=pools ;;
    "ctl "listener" 3 "*)
      case "${rest[2]}" in rm | set) kind=listeners ;; esac
      ;;
  esac
  if [ -z "$kind" ]; then
    _complete_loble "$@"
    return
  fi

  COMPREPLY=()
  while read -r name; do
    case "$prefix$name" in
      "$cur"*) COMPREPLY+=("$prefix$name") ;;
    esac
  done < <(_loble_names "$kind" "$options")

  # What bash replaces begins after the last of these.
  if [ -z "${ZSH_VERSION-}" ]; then
    local tail="$cur" mark
    for mark in : =; do
      case "$COMP_WORDBREAKS" in *"$mark"*) tail="${tail##*"$mark"}" ;; esac
    done
    COMPREPLY=("${COMPREPLY[@]#"${cur%"$tail"}"}")
  fi
}

complete -F _loble_complete -o default loble
