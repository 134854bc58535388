//go:build unix

package wire

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
)

// launch starts a program in a process group of its own, so that Ctrl-C is gdbench's to answer
// and the program ends with all that it has started.
func launch(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	guard, err := guardian()
	if err != nil {
		return fmt.Errorf("guardian of processes: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	fmt.Fprintf(guard, "+ %d\n", cmd.Process.Pid)
	return nil
}

// kill ends a program with its group.
func kill(cmd *exec.Cmd) {
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); errors.Is(err, syscall.ESRCH) {
		_ = cmd.Process.Kill()
	}
}

// forget says that a program and its group have ended, and that others may get its number.
func forget(cmd *exec.Cmd) {
	if guard, err := guardian(); err == nil {
		fmt.Fprintf(guard, "- %d\n", cmd.Process.Pid)
	}
}

// guarding reads the groups that run, and ends them when gdbench has ended in whatever way: its
// end of the pipe is then closed.
const guarding = `set --
while read -r op group; do
	case $op in
	+) set -- "$@" "$group" ;;
	-)
		kept=
		for one; do [ "$one" = "$group" ] || kept="$kept $one"; done
		set -- $kept
		;;
	esac
done
for group; do kill -9 "-$group"; done 2>/dev/null
`

// guardian is a shell that ends the processes of a gdbench which was killed itself. Only a
// process that outlives it can do that; a pipe that closes ends none that computes.
var guardian = sync.OnceValues(func() (*os.File, error) {
	in, out, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	cmd := exec.Command("/bin/sh", "-c", guarding)
	cmd.Stdin = in
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	go func() { _ = cmd.Wait() }()
	return out, nil
})
