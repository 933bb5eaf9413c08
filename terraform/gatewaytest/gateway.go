// Package gatewaytest starts real gateways for tests: processes of the built jar, each with ports and data of its own,
// ended by their process id. There is no stand-in for them.
package gatewaytest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// readyWithin: a first start makes its database, and the machine may be busy.
	readyWithin = 3 * time.Minute
	// goneWithin is above the 30 s that a gateway takes at most to drain.
	goneWithin = 40 * time.Second
	// The ports that these tests use, so that they meet no other's.
	firstPort, lastPort = 26000, 32767
	// OperatorToken is what a gateway knows as its operator, unless it was started with another.
	OperatorToken = "tgo_terraform-Qk71vXz5mRw8Tn3LcY6pBs2GhJ9dFaUe"
)

// Gateway is one process of the jar. It may be ended and started again over the same data, at the same address.
type Gateway struct {
	// URL is where its clients find it, without a slash at its end.
	URL string
	// Management is where health and metrics are, without a slash at its end.
	Management string
	// Token is its operator token.
	Token string

	folder     string
	port       int
	management int
	settings   map[string]string
	running    *exec.Cmd
	ended      chan error
}

// Jar is the gateway's: TIDEGATE_JAR, or what `make build` makes. Without one the test is skipped, loudly, and fails
// where CI=true: there nobody would notice.
func Jar(t testing.TB) string {
	t.Helper()
	jar := os.Getenv("TIDEGATE_JAR")
	if jar == "" {
		jar = filepath.Join(Root(), "api", "target", "tidegate.jar")
	}
	if _, err := os.Stat(jar); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no gateway to test against: %v (`make build` makes it, TIDEGATE_JAR names another)", err)
		}
		t.Skipf("SKIPPED, there is no gateway to test against: %v (`make build` makes it, TIDEGATE_JAR names another)", err)
	}
	return jar
}

// Root is the repository's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Clean(filepath.Join(filepath.Dir(file), "..", ".."))
}

// New starts a gateway that ends with the test. Settings are environment variables beside those it always has.
func New(t testing.TB, settings map[string]string) *Gateway {
	t.Helper()
	jar := Jar(t)
	g, err := Start(jar, settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Stop(); err != nil {
			t.Error(err)
		}
	})
	return g
}

// Start is for a gateway that many tests share: whoever starts it stops it.
func Start(jar string, settings map[string]string) (*Gateway, error) {
	folder, err := os.MkdirTemp("", "tidegate-terraform-")
	if err != nil {
		return nil, err
	}
	g := &Gateway{folder: folder, Token: OperatorToken, settings: settings, port: freePort(), management: freePort()}
	g.URL = fmt.Sprintf("http://127.0.0.1:%d", g.port)
	g.Management = fmt.Sprintf("http://127.0.0.1:%d", g.management)
	if err := g.run(jar); err != nil {
		return nil, errors.Join(err, g.Stop())
	}
	return g, nil
}

// Kill ends it at once, with whatever it was at.
func (g *Gateway) Kill(t testing.TB) {
	t.Helper()
	if err := g.running.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-g.ended
	g.running = nil
}

// Resume starts a new process over the data of the one that is gone.
func (g *Gateway) Resume(t testing.TB) {
	t.Helper()
	if err := g.run(Jar(t)); err != nil {
		t.Fatal(err)
	}
}

// ReplaceOperatorToken starts it again with another operator token: the one before is revoked by that.
func (g *Gateway) ReplaceOperatorToken(t testing.TB, token string) {
	t.Helper()
	if err := g.end(); err != nil {
		t.Fatal(err)
	}
	g.Token = token
	g.Resume(t)
}

// Stop ends the process as an operator would, and removes its data.
func (g *Gateway) Stop() error {
	err := g.end()
	if err != nil {
		return fmt.Errorf("%w; its data and log are left in %s", err, g.folder)
	}
	return os.RemoveAll(g.folder)
}

func (g *Gateway) end() error {
	if g.running == nil {
		return nil
	}
	defer func() { g.running = nil }()
	if err := g.running.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-g.ended:
		return nil
	case <-time.After(goneWithin):
		return fmt.Errorf("the gateway did not end within %s of SIGTERM and was killed: %v", goneWithin, g.running.Process.Kill())
	}
}

func (g *Gateway) run(jar string) error {
	java, err := java()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(g.folder, "gateway.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	command := exec.Command(java, "-Xmx384m", "--enable-native-access=ALL-UNNAMED", "-jar", jar)
	command.Dir, command.Stdout, command.Stderr = g.folder, log, log
	command.Env = g.environment()
	ended, err := startTied(command)
	if err != nil {
		return err
	}
	g.running, g.ended = command, ended
	return g.awaitReady()
}

// environment is the caller's without its own settings of a gateway, and this one's.
func (g *Gateway) environment() []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TIDEGATE_") {
			env = append(env, variable)
		}
	}
	set := map[string]string{
		"TIDEGATE_HOST":            "127.0.0.1",
		"TIDEGATE_PORT":            fmt.Sprint(g.port),
		"TIDEGATE_MANAGEMENT_HOST": "127.0.0.1",
		"TIDEGATE_MANAGEMENT_PORT": fmt.Sprint(g.management),
		"TIDEGATE_DATA":            filepath.Join(g.folder, "data"),
		"TIDEGATE_OPERATOR_TOKEN":  g.Token,
		"TIDEGATE_DEMO":            "false",
	}
	for name, value := range g.settings {
		set[name] = value
	}
	for name, value := range set {
		env = append(env, name+"="+value)
	}
	return env
}

func (g *Gateway) awaitReady() error {
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	for {
		if g.ready(ctx) {
			return nil
		}
		select {
		case err := <-g.ended:
			g.running = nil
			return fmt.Errorf("the gateway ended while it started (%v):\n%s", err, g.tail())
		case <-ctx.Done():
			return fmt.Errorf("the gateway was not ready within %s:\n%s", readyWithin, g.tail())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (g *Gateway) ready(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.Management+"/health/ready", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func (g *Gateway) tail() string {
	log, err := os.ReadFile(filepath.Join(g.folder, "gateway.log"))
	if err != nil {
		return err.Error()
	}
	lines := bytes.Split(log, []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-40):], []byte("\n")))
}

func java() (string, error) {
	command := exec.Command("sh", filepath.Join(Root(), "scripts", "find-jdk.sh"))
	var complaint bytes.Buffer
	command.Stderr = &complaint
	home, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("no JDK to start a gateway with: %s", strings.TrimSpace(complaint.String()))
	}
	return filepath.Join(strings.TrimSpace(string(home)), "bin", "java"), nil
}

// freePort was free a moment ago: drawn at random, so that two that look at once are not given the same.
func freePort() int {
	for {
		port := firstPort + rand.IntN(lastPort-firstPort+1)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			listener.Close()
			return port
		}
	}
}
