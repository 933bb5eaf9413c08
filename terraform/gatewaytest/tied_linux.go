package gatewaytest

import (
	"os/exec"
	"runtime"
	"syscall"
)

// startTied starts a process that is told to end when this one is gone, even by a test's timeout. The kernel ties it to
// a thread, so the goroutine keeps its own until the process has ended.
func startTied(command *exec.Cmd) (chan error, error) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	started, ended := make(chan error), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		started <- err
		if err == nil {
			ended <- command.Wait()
			close(ended)
		}
	}()
	return ended, <-started
}
