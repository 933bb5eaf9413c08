package provider

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// fakeGateway is the control plane of openapi/openapi.yaml for tenants, apps, keys, control tokens and members, in
// memory: ETags, Idempotency-Keys, refusals and all. What the gateway really does, the acceptance tests ask it.
type fakeGateway struct {
	*httptest.Server
	mu     sync.Mutex
	things map[string]*thing // by path, such as /v1/apps/1
	order  []string
	kept   map[string]keptAnswer
	next   int
	asked  []string // "PATCH /v1/apps/1 {...}"
	// loseAnswers: so many changes are carried out and their answers lost.
	loseAnswers int
	// before is called ahead of each request, to change what is there meanwhile.
	before func(method, path string)
	// refuseAll: every request gets this status and code.
	refuseAll int
}

type thing struct {
	fields  map[string]any
	version int
	listed  string // the path of its list
}

type keptAnswer struct {
	request, answer string
	status          int
	header          http.Header
}

const operatorToken = "operator-token-of-the-test"

func newFakeGateway(t *testing.T) *fakeGateway {
	g := &fakeGateway{things: map[string]*thing{}, kept: map[string]keptAnswer{}}
	g.Server = httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(g.Close)
	return g
}

func (g *fakeGateway) serve(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	if g.before != nil && g.refuseAll == 0 {
		g.before(r.Method, r.URL.Path)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked = append(g.asked, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+string(raw)))
	switch {
	case r.Header.Get("Authorization") != "Bearer "+operatorToken:
		refuse(w, 40101, "credential-invalid", "Invalid credential")
		return
	case g.refuseAll != 0:
		refuse(w, g.refuseAll, "some-slug", "Refused")
		return
	}
	var body map[string]any
	if len(raw) > 0 && json.Unmarshal(raw, &body) != nil {
		refuse(w, 40001, "json-invalid", "Invalid JSON")
		return
	}
	answer := httptest.NewRecorder()
	switch r.Method {
	case http.MethodGet:
		g.get(answer, r)
	case http.MethodPost:
		g.once(answer, r, string(raw), body)
	case http.MethodPut:
		g.put(answer, r, body)
	case http.MethodPatch:
		g.patch(answer, r, body)
	case http.MethodDelete:
		g.delete(answer, r)
	}
	if g.loseAnswers > 0 && r.Method != http.MethodGet {
		g.loseAnswers--
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

func (g *fakeGateway) get(w http.ResponseWriter, r *http.Request) {
	if t := g.things[r.URL.Path]; t != nil && readable(r.URL.Path) {
		tell(w, http.StatusOK, t.fields, t.version)
		return
	}
	parts := strings.Split(r.URL.Path, "/")
	if owner := strings.Join(parts[:len(parts)-1], "/"); owner != "/v1" && g.things[owner] == nil {
		refuse(w, 40400, "not-found", "Not found")
		return
	}
	items := []any{}
	for _, path := range g.order {
		if t := g.things[path]; t != nil && t.listed == r.URL.Path {
			items = append(items, t.fields)
		}
	}
	tell(w, http.StatusOK, map[string]any{"items": items, "next": nil}, 0)
}

// readable: control tokens and members are only listed.
func readable(path string) bool {
	return !strings.Contains(path, "/control-tokens/") && !strings.Contains(path, "/members/")
}

func (g *fakeGateway) once(w http.ResponseWriter, r *http.Request, raw string, body map[string]any) {
	key := r.URL.Path + " " + r.Header.Get("Idempotency-Key")
	if kept, ok := g.kept[key]; ok {
		if kept.request != raw {
			refuse(w, 40902, "idempotency-key-reused", "Idempotency-Key used for another request")
			return
		}
		maps.Copy(w.Header(), kept.header)
		w.WriteHeader(kept.status)
		io.WriteString(w, kept.answer)
		return
	}
	created := httptest.NewRecorder()
	if strings.HasSuffix(r.URL.Path, "/rotate-secret") {
		g.rotate(created, r, body)
	} else {
		g.create(created, r.URL.Path, body)
	}
	if created.Code < 300 && r.Header.Get("Idempotency-Key") != "" {
		g.kept[key] = keptAnswer{raw, created.Body.String(), created.Code, created.Header().Clone()}
	}
	maps.Copy(w.Header(), created.Header())
	w.WriteHeader(created.Code)
	w.Write(created.Body.Bytes())
}

func (g *fakeGateway) create(w http.ResponseWriter, listed string, body map[string]any) {
	g.next++
	id := fmt.Sprint(g.next)
	owner := strings.Split(listed, "/")
	fields := map[string]any{"id": id, "createdAt": "2026-05-04T09:30:00.000Z", "updatedAt": "2026-05-04T09:30:00.000Z"}
	path := listed + "/" + id
	var allowed []string
	shown := map[string]any{}
	switch kind := owner[len(owner)-1]; kind {
	case "tenants":
		allowed = []string{"name", "limits"}
		limits := map[string]any{}
		for _, l := range limitWireNames() {
			limits[l] = nil
		}
		limits["maxMessageBytes"], limits["maxBatchMessages"] = 65536, 100
		merge(limits, body["limits"])
		fields["limits"] = limits
	case "apps":
		allowed = []string{"name", "settings"}
		settings := map[string]any{"allowedOrigins": []any{}, "messagePreviews": true}
		merge(settings, body["settings"])
		fields["tenantId"], fields["settings"], path = owner[3], settings, "/v1/apps/"+id
	case "keys":
		allowed = []string{"name", "capabilities", "expiresAt"}
		fields["id"] = "k" + id
		path = listed + "/k" + id
		fields["appId"], fields["keyName"] = owner[3], owner[3]+".k"+id
		fields["capabilities"], fields["expiresAt"], fields["revokedAt"], fields["lastUsedAt"] = body["capabilities"], body["expiresAt"], nil, nil
		shown["key"] = owner[3] + ".k" + id + ":secret-of-k" + id
	case "webhooks":
		allowed = []string{"name", "url", "events", "pattern", "batch", "enabled"}
		more, secret := webhookFields(owner[3], id, body)
		maps.Copy(fields, more)
		maps.Copy(shown, secret)
	case "control-tokens":
		allowed = []string{"name", "role", "expiresAt"}
		fields["tenantId"], fields["role"], fields["expiresAt"], fields["lastUsedAt"] = owner[3], body["role"], body["expiresAt"], nil
		shown["token"] = "secret-of-token-" + id
	case "members":
		allowed = []string{"email", "role"}
		for _, t := range g.things {
			if t.listed == listed && strings.EqualFold(t.fields["email"].(string), body["email"].(string)) {
				refuse(w, 40910, "already-member", "A member already")
				return
			}
		}
		maps.Copy(fields, map[string]any{"tenantId": owner[3], "email": strings.ToLower(body["email"].(string)), "role": body["role"], "name": nil,
			"status": "invited", "lastSeenAt": nil, "invitationExpiresAt": "2026-05-11T09:30:00.000Z"})
		shown["invitationUrl"] = "https://gateway.example/console/invitation#invitation=secret-" + id
	}
	if !g.allow(w, body, allowed) {
		return
	}
	if body["name"] != nil {
		fields["name"] = body["name"]
	}
	g.things[path] = &thing{fields: fields, version: 1, listed: listed}
	g.order = append(g.order, path)
	answer := maps.Clone(fields)
	maps.Copy(answer, shown)
	tell(w, http.StatusCreated, answer, 1)
}

func (g *fakeGateway) patch(w http.ResponseWriter, r *http.Request, body map[string]any) {
	t := g.things[r.URL.Path]
	switch {
	case t == nil:
		refuse(w, 40400, "not-found", "Not found")
		return
	case !g.current(w, r, t):
		return
	case len(body) == 0:
		refuse(w, 40003, "field-invalid", "Invalid or missing field")
		return
	case t.fields["revokedAt"] != nil:
		refuse(w, 40900, "conflict", "Conflict")
		return
	}
	g.change(r.URL.Path, body)
	tell(w, http.StatusOK, t.fields, t.version)
}

// change is also how a test changes something behind the provider's back.
func (g *fakeGateway) change(path string, body map[string]any) {
	t := g.things[path]
	for name, value := range body {
		if now, ok := t.fields[name].(map[string]any); ok && name != "capabilities" {
			merge(now, value)
		} else {
			t.fields[name] = value
		}
	}
	t.version++
}

func (g *fakeGateway) delete(w http.ResponseWriter, r *http.Request) {
	t := g.things[r.URL.Path]
	if t == nil {
		refuse(w, 40400, "not-found", "Not found")
		return
	}
	if strings.Contains(r.URL.Path, "/keys/") {
		t.fields["revokedAt"] = "2026-05-05T00:00:00.000Z"
		t.version++
		w.WriteHeader(http.StatusNoContent)
		return
	}
	var children []string
	for path, child := range g.things {
		if (strings.HasPrefix(path, r.URL.Path+"/") || strings.HasPrefix(child.listed, r.URL.Path+"/")) && child.fields["revokedAt"] == nil &&
			(strings.HasPrefix(path, "/v1/apps/") || strings.Contains(path, "/keys/")) {
			children = append(children, path)
		}
	}
	if len(children) > 0 && r.URL.Query().Get("cascade") != "true" {
		refuse(w, 40903, "has-children", "Not empty")
		return
	}
	for _, child := range children {
		delete(g.things, child)
	}
	delete(g.things, r.URL.Path)
	w.WriteHeader(http.StatusNoContent)
}

func (g *fakeGateway) current(w http.ResponseWriter, r *http.Request, t *thing) bool {
	if match := r.Header.Get("If-Match"); match != "" && match != fmt.Sprintf(`"%d"`, t.version) {
		refuse(w, 41200, "precondition-failed", "Changed meanwhile")
		return false
	}
	return true
}

func (g *fakeGateway) allow(w http.ResponseWriter, body map[string]any, allowed []string) bool {
	for name := range body {
		if !slices.Contains(allowed, name) {
			refuse(w, 40002, "field-unknown", "Unknown field")
			return false
		}
	}
	return true
}

// count is how many requests began so.
func (g *fakeGateway) count(prefix string) (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, asked := range g.asked {
		if strings.HasPrefix(asked, prefix) {
			n++
		}
	}
	return n
}

// last is the last request that began so.
func (g *fakeGateway) last(prefix string) (found string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, asked := range g.asked {
		if strings.HasPrefix(asked, prefix) {
			found = asked
		}
	}
	return found
}

func merge(into map[string]any, from any) {
	if from, ok := from.(map[string]any); ok {
		maps.Copy(into, from)
	}
}

func tell(w http.ResponseWriter, status int, value any, version int) {
	w.Header().Set("Content-Type", "application/json")
	if version > 0 {
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, version))
	}
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, code int, slug, title string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(code / 100)
	json.NewEncoder(w).Encode(map[string]any{"type": "/docs/errors#" + slug, "title": title, "status": code / 100, "code": code,
		"detail": "This is the detail.", "requestId": "request-1"})
}

// limitWireNames are written here once more, so that a name that is wrong in the client is found.
func limitWireNames() []string {
	return []string{"connections", "connectionsPerSecond", "publishesPerSecond", "publishBurst", "deliveriesPerSecond", "channels",
		"subscriptionsPerConnection", "inboundMessagesPerSecond", "inboundBytesPerSecond", "maxMessageBytes", "maxBatchMessages",
		"presenceMembersPerChannel", "historyDays", "storedBytes", "webhooksPerSecond", "requestsPerSecondPerKey", "requestsPerSecondPerIp"}
}
