//go:build !linux

package gatewaytest

import "os/exec"

// startTied starts a process. Where there is no way to tie it to this one, a test's timeout leaves it running.
func startTied(command *exec.Cmd) (chan error, error) {
	ended := make(chan error, 1)
	err := command.Start()
	if err == nil {
		go func() {
			ended <- command.Wait()
			close(ended)
		}()
	}
	return ended, err
}
