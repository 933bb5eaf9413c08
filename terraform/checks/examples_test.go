package checks

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tidegate.io/tidegate/terraform/gatewaytest"
)

// example is a copy of what an example's configuration is, with the modules beside it, so that its state is not left in
// the repository.
type example struct {
	folder, data string
	environment  []string
}

func copyOf(t *testing.T, name string, environment ...string) example {
	t.Helper()
	top := t.TempDir()
	if err := os.CopyFS(filepath.Join(top, "examples", name), os.DirFS(root+"/terraform/examples/"+name)); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(top, "modules/app"), os.DirFS(root+"/terraform/modules/app")); err != nil {
		t.Fatal(err)
	}
	return example{filepath.Join(top, "examples", name), t.TempDir(), environment}
}

func (e example) tofu(t *testing.T, args ...string) string {
	t.Helper()
	out, err := tofu(t, e.folder, e.data, e.environment, args...)
	if err != nil {
		t.Fatalf("tofu %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (e example) output(t *testing.T, name string, into any) {
	t.Helper()
	unmarshal(t, e.tofu(t, "output", "-json", name), into)
}

// unchanged says that what was applied is what is there.
func (e example) unchanged(t *testing.T) {
	t.Helper()
	if out, err := tofu(t, e.folder, e.data, e.environment, "plan", "-input=false", "-no-color", "-detailed-exitcode"); err != nil {
		t.Errorf("a plan after the apply has changes: %v\n%s", err, out)
	}
}

// clean says that no secret is in what a person sees of a run.
func clean(t *testing.T, out string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		if secret == "" || strings.Contains(out, secret) {
			t.Errorf("a secret is empty, or in the output:\n%s", out)
		}
	}
}

func basic(key string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(key))
}

// ended says that a key is good no more, within the 5 s that a revocation may take on other nodes.
func ended(t *testing.T, gate *gatewaytest.Gateway, path, key string) {
	t.Helper()
	var code int
	if !within(6*time.Second, func() bool {
		code, _ = ask(t, gate, http.MethodGet, path, basic(key))
		return code == http.StatusUnauthorized
	}) {
		t.Errorf("a key that has ended is answered %d", code)
	}
}

func TestTheFirstAppPublishesItsFirstMessageInOneApply(t *testing.T) {
	gate := gateway(t)
	first := copyOf(t, "first-app", "TIDEGATE_TOKEN="+gate.Token, "TF_VAR_endpoint="+gate.URL)
	first.tofu(t, "get")
	out := first.tofu(t, "apply", "-input=false", "-no-color", "-auto-approve")
	var keys map[string]string
	first.output(t, "keys", &keys)
	clean(t, out, keys["backend"], keys["reader"], gate.Token)
	code, body := ask(t, gate, http.MethodGet, "/v1/channels/room:lobby/messages", basic(keys["reader"]))
	if code != 200 || strings.Count(body, "Hello from Terraform") != 1 {
		t.Errorf("the message is not in history once: %d %s", code, body)
	}
	first.unchanged(t)
	first.tofu(t, "destroy", "-input=false", "-no-color", "-auto-approve")
	ended(t, gate, "/v1/channels/room:lobby/messages", keys["reader"])
}

func TestCustomersComeAndGoAndChangeTheirPlan(t *testing.T) {
	gate := gateway(t)
	saas := copyOf(t, "saas", "TIDEGATE_TOKEN="+gate.Token, "TIDEGATE_ENDPOINT="+gate.URL)
	saas.tofu(t, "get")
	saas.tofu(t, "apply", "-input=false", "-no-color", "-auto-approve")
	saas.unchanged(t)
	var tenants map[string]string
	saas.output(t, "tenants", &tenants)
	var handover map[string]struct {
		AppID          string            `json:"app_id"`
		Key            string            `json:"key"`
		ControlToken   string            `json:"control_token"`
		InvitationURL  string            `json:"invitation_url"`
		WebhookSecrets map[string]string `json:"webhook_secrets"`
	}
	saas.output(t, "handover", &handover)
	equal(t, len(tenants), 2)
	equal(t, len(handover["acme"].WebhookSecrets), 1)
	limits := func(customer string) node {
		code, body := ask(t, gate, http.MethodGet, "/v1/tenants/"+tenants[customer], "Bearer "+handover[customer].ControlToken)
		equal(t, code, 200)
		var document node
		unmarshal(t, body, &document.value)
		return document.at("limits")
	}
	equal(t, limits("globex").at("connections").number(), 200)
	code, _ := ask(t, gate, http.MethodGet, "/v1/tenants/"+tenants["acme"], "Bearer "+handover["globex"].ControlToken)
	if code != 403 && code != 404 {
		t.Errorf("one customer's token reads another: %d", code)
	}
	// What was left out of a namespace has the contract's defaults, and what was given counts.
	_, body := ask(t, gate, http.MethodGet, "/v1/apps/"+handover["acme"].AppID+"/namespaces/cursors", "Bearer "+gate.Token)
	var cursors node
	unmarshal(t, body, &cursors.value)
	equal(t, cursors.at("presence.mode").text(), "off")
	equal(t, cursors.at("presence.maxMembers").number(), 1000)
	equal(t, cursors.at("window.messages").number(), 1000)

	// Another plan for one, a new quarter's secrets for it: in place, and the other is not touched.
	saas.given(t, map[string]any{"customers": map[string]any{
		"acme":   customer("Acme Inc.", "pro", "ada@acme.example", "https://app.acme.example", "1", "https://hooks.acme.example/tidegate"),
		"globex": customer("Globex", "pro", "hank@globex.example", "https://globex.example", "2", nil),
	}})
	old := handover["globex"]
	out := saas.tofu(t, "apply", "-input=false", "-no-color", "-auto-approve")
	saas.output(t, "handover", &handover)
	clean(t, out, old.Key, handover["globex"].Key, handover["globex"].ControlToken)
	equal(t, limits("globex").at("connections").number(), 20000)
	equal(t, handover["globex"].AppID, old.AppID)
	if handover["globex"].Key == old.Key || handover["globex"].ControlToken == old.ControlToken {
		t.Error("a new quarter made no new secrets")
	}
	if code, _ := ask(t, gate, http.MethodGet, "/v1/channels", basic(handover["globex"].Key)); code != 200 {
		t.Errorf("the new key: %d", code)
	}

	// Protection: a destroy fails until it is taken off.
	if out, err := tofu(t, saas.folder, saas.data, saas.environment, "destroy", "-input=false", "-no-color", "-auto-approve"); err == nil {
		t.Errorf("protected customers were destroyed:\n%s", out)
	}
	equal(t, limits("acme").at("connections").number(), 20000)
	saas.environment = append(saas.environment, "TF_VAR_protected=false")
	saas.tofu(t, "apply", "-input=false", "-no-color", "-auto-approve")
	saas.tofu(t, "destroy", "-input=false", "-no-color", "-auto-approve")
	for name, id := range tenants {
		if code, _ := ask(t, gate, http.MethodGet, "/v1/tenants/"+id, "Bearer "+gate.Token); code != 404 {
			t.Errorf("%s is still there: %d", name, code)
		}
	}
}

func customer(name, plan, email, origin, quarter string, webhook any) map[string]any {
	return map[string]any{"name": name, "plan": plan, "owner_email": email, "origins": []string{origin}, "key_quarter": quarter, "webhook_url": webhook}
}

func (e example) given(t *testing.T, variables map[string]any) {
	t.Helper()
	text, err := json.Marshal(variables)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(e.folder, "given.auto.tfvars.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// The pipeline as a CI job calls it, with a control token and no operator's.
func TestABranchIsTestedWithCredentialsOfItsRunAlone(t *testing.T) {
	gate := gateway(t)
	saas := copyOf(t, "saas", "TIDEGATE_TOKEN="+gate.Token, "TIDEGATE_ENDPOINT="+gate.URL, "TF_VAR_protected=false")
	saas.given(t, map[string]any{"customers": map[string]any{"us": customer("Our own", "pro", "ci@us.example", "https://us.example", "1", nil)}})
	saas.tofu(t, "get")
	saas.tofu(t, "apply", "-input=false", "-no-color", "-auto-approve")
	var tenants map[string]string
	saas.output(t, "tenants", &tenants)
	tokens := "/v1/tenants/" + tenants["us"] + "/control-tokens"
	id, control := newControlToken(t, gate, tokens)

	seen := filepath.Join(t.TempDir(), "seen")
	ci := copyOf(t, "ci")
	pipeline := func(args ...string) (string, error) {
		config := overrides(t, ci.data)
		command := exec.CommandContext(t.Context(), "sh", append([]string{filepath.Join(ci.folder, "pipeline.sh")}, args...)...)
		command.Env = append(os.Environ(), "TOFU="+tool(t, "tofu"), "SKIP_INIT=1", "TF_CLI_CONFIG_FILE="+config, "TF_DATA_DIR="+filepath.Join(ci.data, "tofu"),
			"TIDEGATE_TOKEN="+control, "TIDEGATE_ENDPOINT=", "TF_VAR_endpoint="+gate.URL, "TF_VAR_tenant_id="+tenants["us"], "TF_VAR_branch=feature/x", "TF_VAR_run=7", "SEEN="+seen,
			`TF_VAR_tests=printf '%s\n%s\n' "$TIDEGATE_KEY" "$TIDEGATE_CHANNEL_TOKEN" >"$SEEN" && curl --silent --fail -H "Authorization: Bearer $TIDEGATE_CHANNEL_TOKEN" -H 'Content-Type: application/json' -d '{"data":"tried"}' "$TIDEGATE_ENDPOINT/v1/channels/durable:x/messages"`)
		out, err := command.CombinedOutput()
		return string(out), err
	}
	ci.tofu(t, "get")
	out, err := pipeline("up")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	credentials := strings.Fields(read(t, seen))
	if len(credentials) != 2 {
		t.Fatalf("the tests got %d credentials", len(credentials))
	}
	clean(t, out, credentials[0], credentials[1], control)
	err = filepath.WalkDir(ci.folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.Contains(path, "tfstate") {
			clean(t, read(t, path), credentials[0], strings.Split(credentials[0], ":")[1], credentials[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ended(t, gate, "/v1/channels/durable:x/messages", credentials[0])
	if out, err := pipeline("down"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, body := ask(t, gate, http.MethodGet, "/v1/tenants/"+tenants["us"]+"/apps", "Bearer "+gate.Token); strings.Contains(body, "ci feature/x") {
		t.Errorf("the branch's app is still there: %s", body)
	}
	if code, body := ask(t, gate, http.MethodDelete, tokens+"/"+id, "Bearer "+gate.Token); code != http.StatusNoContent {
		t.Fatalf("the control token: %d %s", code, body)
	}
	saas.tofu(t, "destroy", "-input=false", "-no-color", "-auto-approve")
}

// newControlToken is one of the role admin, which makes apps and keys of its tenant and no more.
func newControlToken(t *testing.T, gate *gatewaytest.Gateway, path string) (id, token string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, gate.URL+path, strings.NewReader(`{"name":"ci","role":"admin"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+gate.Token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := patient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var created struct {
		ID    string `json:"id"`
		Token string `json:"token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&created); err != nil || created.Token == "" {
		t.Fatalf("no control token: %d %v", answer.StatusCode, err)
	}
	return created.ID, created.Token
}
