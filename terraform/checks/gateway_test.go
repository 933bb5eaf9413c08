package checks

import (
	"bufio"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tidegate.io/tidegate/terraform/gatewaytest"
)

// shared is a real gateway, one for all tests, with the environment that the chart gives a single node. Written under
// its lock.
var shared struct {
	sync.Mutex
	gateway *gatewaytest.Gateway
	err     error
}

func gateway(t *testing.T) *gatewaytest.Gateway {
	t.Helper()
	jar := gatewaytest.Jar(t)
	environment := map[string]string{}
	for _, variable := range render(t, "testdata/values/single.yaml").one(t, "Deployment").at("spec.template.spec.containers").index(0).at("env").all() {
		// Where a container listens and keeps its data is no place of this machine's.
		if name := variable.at("name").text(); !slices.Contains([]string{"TIDEGATE_HOST", "TIDEGATE_PORT", "TIDEGATE_MANAGEMENT_HOST", "TIDEGATE_MANAGEMENT_PORT", "TIDEGATE_DATA"}, name) {
			environment[name] = variable.at("value").text()
		}
	}
	shared.Lock()
	defer shared.Unlock()
	if shared.gateway == nil && shared.err == nil {
		shared.gateway, shared.err = gatewaytest.Start(jar, environment)
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.gateway
}

// ask is a request with a credential; the answer's status and body.
func ask(t *testing.T, gate *gatewaytest.Gateway, method, path, authorization string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, gate.URL+path, nil)
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

// exported is what /metrics names: each metric, and the labels of its series.
type exported map[string]map[string]bool

// metrics are read after the gateway has served and refused something, so that series of what happened are there.
func metrics(t *testing.T, gate *gatewaytest.Gateway) exported {
	t.Helper()
	var found exported
	ok := within(time.Minute, func() bool {
		if code, _ := ask(t, gate, http.MethodGet, "/v1/me", ""); code != http.StatusUnauthorized {
			t.Fatalf("/v1/me without a credential: %d", code)
		}
		answer, err := patient.Get(gate.Management + "/metrics")
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

func within(limit time.Duration, holds func() bool) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}
