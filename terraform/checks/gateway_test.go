package checks

import (
	"bufio"
	"encoding/json"
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

// exported is what a gateway's /metrics names: each metric, and the labels of its series.
type exported map[string]map[string]bool

var (
	exportedOnce sync.Once
	exportedBy   exported
	exportedFail string
)

// ofTheGateway starts a real gateway, once, with the environment that the chart gives a single node, and reads what it
// exports after it has served and refused something. Skipped where there is no jar or no Java.
func ofTheGateway(t *testing.T) exported {
	t.Helper()
	exportedOnce.Do(func() {
		defer func() {
			if exportedBy == nil && exportedFail == "" {
				exportedFail = "the gateway did not come so far"
			}
		}()
		exportedBy = scrapeOne(t)
	})
	if exportedBy == nil {
		unavailable(t, "no gateway to ask: %s", exportedFail)
	}
	return exportedBy
}

func scrapeOne(t *testing.T) exported {
	t.Helper()
	jar := os.Getenv("TIDEGATE_JAR")
	if jar == "" {
		jar = root + "/api/target/tidegate.jar"
	}
	if _, err := os.Stat(jar); err != nil {
		exportedFail = "no jar at " + jar + " (make build, or TIDEGATE_JAR)"
		return nil
	}
	java := java()
	if java == "" {
		exportedFail = "no Java of 21 or later"
		return nil
	}
	gateway, management := start(t, java, jar)
	client := &http.Client{Timeout: 10 * time.Second}
	eventually(t, 120*time.Second, "the gateway is ready", func() bool { return status(client, management+"/health/ready") == 200 })
	equal(t, status(client, management+"/health/live"), 200)
	// A refusal and an answer, so that series with labels of what happened are there.
	equal(t, status(client, gateway+"/v1/me"), 401)
	var found exported
	eventually(t, 60*time.Second, "figures of garbage collections and requests are there", func() bool {
		answer, err := client.Get(management + "/metrics")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		found = parse(t, answer.Body)
		return found["jvm_gc_pause_seconds_sum"] != nil && found["http_server_requests_seconds_count"] != nil && found["tidegate_refusals_total"] != nil
	})
	return found
}

// start runs the jar as the chart would, but for folders and ports, and ends it with the test.
func start(t *testing.T, java, jar string) (string, string) {
	t.Helper()
	folder := t.TempDir()
	ports := []int{free(t), free(t)}
	command := exec.Command(java, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx384m", "-Xmn24m", "-jar", jar)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TIDEGATE_") {
			command.Env = append(command.Env, variable)
		}
	}
	for _, variable := range render(t, "testdata/values/single.yaml").one(t, "Deployment").at("spec.template.spec.containers").index(0).at("env").all() {
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
		t.Fatal(err)
	}
	command.Stdout, command.Stderr, command.Dir = output, output, folder
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			text, _ := os.ReadFile(output.Name())
			t.Logf("%s", text)
		}
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Logf("the gateway had ended: %v", err)
		}
		late := time.AfterFunc(40*time.Second, func() { _ = command.Process.Kill() })
		defer late.Stop()
		if err := command.Wait(); err != nil {
			t.Logf("the gateway ended with %v", err)
		}
	})
	return fmt.Sprintf("http://127.0.0.1:%d", ports[0]), fmt.Sprintf("http://127.0.0.1:%d", ports[1])
}

// java is JAVA, or of those that are found the first that is new enough for the flags above.
func java() string {
	candidates := []string{os.Getenv("JAVA"), filepath.Join(os.Getenv("JAVA_HOME"), "bin/java")}
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

func status(client *http.Client, url string) int {
	answer, err := client.Get(url)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func eventually(t *testing.T, within time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("not within %s: %s", within, what)
}

// free is a port from 26,000 to 32,767, below those that the system gives to outgoing connections.
func free(t *testing.T) int {
	t.Helper()
	first := 26000 + os.Getpid()%6000
	for i := range 700 {
		port := 26000 + (first-26000+i*7+taken)%6767
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			taken += 7*i + 1
			_ = listener.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// taken makes two calls give two ports.
var taken int

// unmarshal is for documents whose every field counts.
func unmarshal(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
