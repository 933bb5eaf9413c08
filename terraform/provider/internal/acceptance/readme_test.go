package acceptance

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
	"tidegate.io/tidegate/terraform/gatewaytest"
)

var fenced = regexp.MustCompile("(?ms)^```(sh|hcl)\n(.*?)^```$")

// TestAPageLeadsFromNothingToAPublishedMessage does what README.md tells a new user to do, word for word, in a home
// where there is nothing: but for `make run`, in place of which there is this test's gateway, and for its address.
func TestAPageLeadsFromNothingToAPublishedMessage(t *testing.T) {
	g := shared(t)
	page, err := os.ReadFile(filepath.Join(gatewaytest.Root(), "terraform", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	token := filepath.Join(home, "operator-token")
	if err := os.WriteFile(token, []byte(g.Token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer("http://127.0.0.1:8080", g.URL, "data/secrets/operator-token", token)
	// What a person does between the blocks.
	script := "set -eu\ncd " + quoted(gatewaytest.Root()) + "\n"
	blocks := 0
	for _, block := range fenced.FindAllStringSubmatch(string(page), -1) {
		text := here.Replace(block[2])
		switch {
		case block[1] == "hcl":
			script += "mkdir \"$HOME/chat\"; cd \"$HOME/chat\"\ncat > main.tf <<'WRITTEN'\n" + text + "WRITTEN\n"
		case strings.HasPrefix(text, "make run"):
			continue
		default:
			script += strings.ReplaceAll(text, "tofu apply", "tofu apply -auto-approve")
		}
		blocks++
	}
	if blocks != 5 {
		t.Fatalf("the page has %d blocks to follow", blocks)
	}
	script += "echo; tofu plan -detailed-exitcode >&2; tofu destroy -auto-approve >&2\n"

	command := exec.Command("sh", "-c", script)
	command.Dir = home
	command.Env = newcomer(t, home)
	var complaints strings.Builder
	command.Stderr = &complaints
	said, err := command.Output()

	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, said, complaints.String())
	}
	var history struct {
		Items []struct{ Data any }
	}
	answer := string(said)[strings.LastIndex(strings.TrimSpace(string(said)), "\n")+1:]
	if err := json.Unmarshal([]byte(answer), &history); err != nil {
		t.Fatalf("the last command answers %q: %v", answer, err)
	}
	if len(history.Items) != 1 || history.Items[0].Data != "Hello from Terraform" {
		t.Errorf("the channel's history is %s", answer)
	}
}

// newcomer has a home of its own, and of this machine only what would be downloaded or built again.
func newcomer(t *testing.T, home string) []string {
	t.Helper()
	var env []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "TF_") || strings.HasPrefix(name, "TIDEGATE_") || strings.HasPrefix(name, "MAKE") || name == "MFLAGS" || name == "HOME" || name == "XDG_CACHE_HOME" {
			continue
		}
		env = append(env, variable)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	env = append(env, "HOME="+home, "XDG_CACHE_HOME="+cache)
	for _, name := range []string{"GOPATH", "GOCACHE", "GOMODCACHE"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	tofu.Binary(t) // built already
	return env
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
