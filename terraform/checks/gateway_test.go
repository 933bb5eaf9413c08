package checks

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// running is a real gateway, one for all tests, with the environment that the chart gives a single node.
type running struct {
	url, management, operator string
	folder                    string
	command                   *exec.Cmd
}

var (
	gatewayOnce sync.Once
	theGateway  *running
	// Why there is none: nothing to start, or it did not start.
	gatewayMissing string
	gatewayError   error
)

func gateway(t *testing.T) *running {
	t.Helper()
	environment := render(t, "testdata/values/single.yaml").one(t, "Deployment").at("spec.template.spec.containers").index(0).at("env")
	gatewayOnce.Do(func() {
		jar := os.Getenv("TIDEGATE_JAR")
		if jar == "" {
			jar = root + "/api/target/tidegate.jar"
		}
		jar, gatewayError = filepath.Abs(jar)
		program := java()
		if _, err := os.Stat(jar); err != nil {
			gatewayMissing = "no jar at " + jar + " (make build, or TIDEGATE_JAR)"
		} else if program == "" {
			gatewayMissing = "no Java of 24 or later"
		} else if gatewayError == nil {
			theGateway, gatewayError = start(program, jar, environment)
		}
	})
	if gatewayMissing != "" {
		unavailable(t, "no gateway to ask: %s", gatewayMissing)
	}
	if gatewayError != nil {
		t.Fatal(gatewayError)
	}
	return theGateway
}

// start runs the jar as the chart would, but for folders and ports.
func start(java, jar string, environment node) (*running, error) {
	folder, err := os.MkdirTemp("", "tidegate-checks-")
	if err != nil {
		return nil, err
	}
	ports, err := freePorts(2)
	if err != nil {
		return nil, err
	}
	command := exec.Command(java, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx384m", "-Xmn24m", "-jar", jar)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TIDEGATE_") {
			command.Env = append(command.Env, variable)
		}
	}
	for _, variable := range environment.all() {
		name, value := variable.at("name").text(), variable.at("value").text()
		switch name {
		case "TIDEGATE_HOST", "TIDEGATE_MANAGEMENT_HOST":
			value = "127.0.0.1"
		case "TIDEGATE_PORT":
			value = strconv.Itoa(ports[0])
		case "TIDEGATE_MANAGEMENT_PORT":
			value = strconv.Itoa(ports[1])
		case "TIDEGATE_DATA":
			value = filepath.Join(folder, "data")
		}
		command.Env = append(command.Env, name+"="+value)
	}
	output, err := os.Create(filepath.Join(folder, "output"))
	if err != nil {
		return nil, err
	}
	command.Stdout, command.Stderr, command.Dir = output, output, folder
	if err := command.Start(); err != nil {
		return nil, err
	}
	one := &running{
		url:        fmt.Sprintf("http://127.0.0.1:%d", ports[0]),
		management: fmt.Sprintf("http://127.0.0.1:%d", ports[1]),
		folder:     folder,
		command:    command,
	}
	if !within(3*time.Minute, func() bool { return status(one.management+"/health/ready") == 200 }) {
		text, _ := os.ReadFile(output.Name())
		one.stop()
		return nil, fmt.Errorf("the gateway was not ready within 3 min:\n%s", text)
	}
	token, err := os.ReadFile(filepath.Join(folder, "data/secrets/operator-token"))
	if err != nil {
		one.stop()
		return nil, err
	}
	one.operator = strings.TrimSpace(string(token))
	return one, nil
}

// stop lets it drain, and ends what does not end within 40 s.
func (r *running) stop() {
	late := time.AfterFunc(40*time.Second, func() { _ = r.command.Process.Kill() })
	defer late.Stop()
	_ = r.command.Process.Signal(syscall.SIGTERM)
	_ = r.command.Wait()
	_ = os.RemoveAll(r.folder)
}

// ask is a request with a credential; the answer's status and body.
func (r *running) ask(t *testing.T, method, path, authorization string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, r.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	answer, err := patient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

var patient = &http.Client{Timeout: 15 * time.Second}

// status is 0 when there is no answer.
func status(url string) int {
	answer, err := patient.Get(url)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// exported is what /metrics names: each metric, and the labels of its series.
type exported map[string]map[string]bool

// metrics are read after the gateway has served and refused something, so that series of what happened are there.
func (r *running) metrics(t *testing.T) exported {
	t.Helper()
	var found exported
	ok := within(time.Minute, func() bool {
		if code, _ := r.ask(t, http.MethodGet, "/v1/me", ""); code != http.StatusUnauthorized {
			t.Fatalf("/v1/me without a credential: %d", code)
		}
		answer, err := patient.Get(r.management + "/metrics")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		found = parse(t, answer.Body)
		return found["jvm_gc_pause_seconds_sum"] != nil && found["http_server_requests_seconds_count"] != nil && found["tidegate_refusals_total"] != nil
	})
	if !ok {
		t.Fatal("no figures of garbage collections, requests and refusals within a minute")
	}
	return found
}

func parse(t *testing.T, body io.Reader) exported {
	t.Helper()
	found := exported{}
	label := regexp.MustCompile(`([a-zA-Z_][a-zA-Z0-9_]*)="(?:\\.|[^"\\])*"`)
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name := line[:strings.IndexAny(line, "{ ")]
		if found[name] == nil {
			found[name] = map[string]bool{}
		}
		for _, one := range label.FindAllStringSubmatch(line, -1) {
			found[name][one[1]] = true
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

// java is JAVA, or of those that are found the first that is new enough for the flags above.
func java() string {
	candidates := []string{os.Getenv("JAVA")}
	if home := os.Getenv("JAVA_HOME"); home != "" {
		candidates = append(candidates, filepath.Join(home, "bin/java"))
	}
	if more, err := filepath.Glob("/usr/lib/jvm/*/bin/java"); err == nil {
		candidates = append(candidates, more...)
	}
	candidates = append(candidates, "java")
	version := regexp.MustCompile(`version "(\d+)`)
	for _, candidate := range candidates {
		if candidate == "" {
			continue
		}
		out, err := exec.Command(candidate, "-version").CombinedOutput()
		if err != nil {
			continue
		}
		if found := version.FindSubmatch(out); found != nil {
			if number, err := strconv.Atoi(string(found[1])); err == nil && number >= 24 {
				return candidate
			}
		}
	}
	return ""
}

func within(limit time.Duration, holds func() bool) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}

// freePorts are from 26,000 to 32,767, below those that the system gives to outgoing connections.
func freePorts(count int) ([]int, error) {
	var ports []int
	for i := 0; i < 6767 && len(ports) < count; i++ {
		port := 26000 + (os.Getpid()*31+i)%6767
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		if err := listener.Close(); err != nil {
			return nil, err
		}
		ports = append(ports, port)
	}
	if len(ports) < count {
		return nil, fmt.Errorf("no %d ports are free from 26000 on", count)
	}
	return ports, nil
}
