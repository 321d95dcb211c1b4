#!/bin/sh
# The guest's clang: hands a program (-mcpu is given for those alone) to the host's through the share. The rest, in which
# kask asks which headers are there, is for the guest's own clang to answer; so is a text that the host finds wrong.
case " $* " in
*" -mcpu="*" -o - "*) ;;
*) PATH=${PATH#*:} exec clang "$@" ;;
esac
job=${0%/bin/clang}/clang/$$
cat >$job.in
printf '%s\n' "$PWD" "$@" '' >$job.ask
until [ -e $job.code ]; do sleep 0.05; done
read -r code <$job.code
[ "$code" = 0 ] || PATH=${PATH#*:} exec clang "$@" <$job.in
[ ! -s $job.err ] || cat $job.err >&2
exec cat $job.out
