package checks

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

func TestEveryProfilePassesLint(t *testing.T) {
	for _, values := range profiles(t) {
		if out, err := run(t, "", tool(t, "helm"), "lint", "--strict", chart, "--values", values); err != nil {
			t.Errorf("%s: %v\n%s", values, err, out)
		}
	}
}

func TestEveryProfileKeepsToTheSchemasOfKubernetes(t *testing.T) {
	for _, values := range profiles(t) {
		text, err := template(t, values)
		if err != nil {
			t.Fatalf("%s: %v\n%s", values, err, text)
		}
		if out, err := schemaCheck(t, text); err != nil {
			t.Errorf("%s: %v\n%s", values, err, out)
		}
	}
}

// The check of the check: a chart that passes means something only if a wrong one does not.
func TestTheSchemasRefuseWhatKubernetesWould(t *testing.T) {
	good, err := template(t, "testdata/values/full.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, good)
	}
	for _, change := range []struct{ what, from, to string }{
		{"an unknown field", "enableServiceLinks:", "enableServiceLink:"},
		{"a text for a number", "maxReplicas: 20", "maxReplicas: many"},
		{"a value that is none", "imagePullPolicy: Always", "imagePullPolicy: Sometimes"},
		{"a field that must be there", "scaleTargetRef:", "#"},
		{"a kind that nobody knows", "kind: PodDisruptionBudget", "kind: PodDisruption"},
	} {
		bad := strings.Replace(good, change.from, change.to, 1)
		if bad == good {
			t.Fatalf("%s: %q is not in what is rendered", change.what, change.from)
		}
		if out, err := schemaCheck(t, bad); err == nil {
			t.Errorf("%s passed\n%s", change.what, out)
		}
	}
}

func TestTheImageHasNoDefault(t *testing.T) {
	out, err := run(t, "", tool(t, "helm"), "template", "gate", chart)
	if err == nil || !strings.Contains(out, "image.repository") {
		t.Errorf("rendered without an image: %v\n%s", err, out)
	}
	container := render(t, "testdata/values/single.yaml").one(t, "Deployment").at("spec.template.spec.containers").index(0)
	if image := container.at("image").text(); !strings.HasPrefix(image, "example/tidegate:") {
		t.Errorf("the image is %q: something stands before what the values say", image)
	}
	external := render(t, "testdata/values/single-external.yaml").one(t, "Deployment").at("spec.template.spec.containers").index(0)
	if image := external.at("image").text(); !strings.HasPrefix(image, "registry.example:5000/team/tidegate@sha256:") {
		t.Errorf("the digest does not go before the tag: %q", image)
	}
}

func TestWhatDoesNotGoTogetherIsRefusedWithAReason(t *testing.T) {
	single, cluster := "testdata/values/single.yaml", "testdata/values/cluster.yaml"
	for _, one := range []struct {
		values string
		set    []string
		says   string
	}{
		{single, []string{"redis.enabled=true"}, "database.url"},
		{single, []string{"autoscaling.enabled=true"}, "without redis"},
		{single, []string{"database.url=postgres://db/tidegate"}, "/database/url"},
		{cluster, []string{"existingSecret="}, "database.password.existingSecret"},
		{cluster, []string{"existingSecret=", "database.password.existingSecret=a"}, "masterKey.existingSecret"},
		{cluster, []string{"existingSecret=", "database.password.existingSecret=a", "masterKey.existingSecret=a"}, "operatorToken.existingSecret"},
		{cluster, []string{"existingSecret=", "database.password.existingSecret=a", "masterKey.existingSecret=a", "operatorToken.existingSecret=a"}, "redis.existingSecret"},
		{cluster, []string{"database.user="}, "database.user"},
		{cluster, []string{"preStopSeconds=20"}, "terminationGracePeriodSeconds"},
		{cluster, []string{"autoscaling.enabled=true", "autoscaling.minReplicas=9", "autoscaling.maxReplicas=3"}, "minReplicas"},
		{cluster, []string{"autoscaling.scaleDown.stabilizationWindowSeconds=10"}, "/autoscaling/scaleDown/stabilizationWindowSeconds"},
		{cluster, []string{"settings.TIDEGATE_MASTER_KEY=secret"}, "TIDEGATE_MASTER_KEY"},
		{cluster, []string{"settings.PATH=x"}, "invalid propertyName 'PATH'"},
		{cluster, []string{"ingress.enabled=true"}, "/ingress/hosts"},
		{cluster, []string{"replicas=2"}, "replicas"},
		{cluster, []string{"database.connections=3"}, "/database/connections"},
	} {
		var args []string
		for _, set := range one.set {
			args = append(args, "--set-string", set)
			if regexp.MustCompile(`=(\d+|true|false)$`).MatchString(set) {
				args[len(args)-2] = "--set"
			}
		}
		out, err := template(t, one.values, args...)
		if err == nil || !strings.Contains(out, one.says) {
			t.Errorf("%v: %v, and not a word of %q:\n%.600s", one.set, err, one.says, out)
		}
	}
}

func TestNodesOfAClusterAreReplacedWithoutLoss(t *testing.T) {
	all := render(t, "testdata/values/cluster.yaml")
	deployment := all.one(t, "Deployment")
	pod := deployment.at("spec.template.spec")
	equal(t, deployment.at("spec.replicas").number(), 3)
	equal(t, deployment.at("spec.strategy.rollingUpdate.maxUnavailable").number(), 0)
	equal(t, deployment.at("spec.strategy.rollingUpdate.maxSurge").number(), 1)
	equal(t, pod.at("terminationGracePeriodSeconds").number(), 45)
	equal(t, pod.at("enableServiceLinks").text(), "false")
	container := pod.at("containers").index(0)
	equal(t, container.at("lifecycle.preStop.exec.command").texts(), "sleep 10")
	for probe, path := range map[string]string{"startupProbe": "/health/ready", "readinessProbe": "/health/ready", "livenessProbe": "/health/live"} {
		equal(t, container.at(probe+".httpGet.path").text(), path)
		equal(t, container.at(probe+".httpGet.port").text(), "management")
	}
	equal(t, all.one(t, "PodDisruptionBudget").at("spec.maxUnavailable").number(), 1)
	spread := pod.at("topologySpreadConstraints")
	equal(t, spread.index(0).at("topologyKey").text(), "topology.kubernetes.io/zone")
	equal(t, spread.index(1).at("topologyKey").text(), "kubernetes.io/hostname")
	all.none(t, "PersistentVolumeClaim")
	all.none(t, "HorizontalPodAutoscaler")
}

func TestASingleNodeKeepsItsDataAndNeverRunsTwice(t *testing.T) {
	all := render(t, "testdata/values/single.yaml")
	deployment := all.one(t, "Deployment")
	equal(t, deployment.at("spec.replicas").number(), 1)
	equal(t, deployment.at("spec.strategy.type").text(), "Recreate")
	claim := all.one(t, "PersistentVolumeClaim")
	equal(t, claim.at("metadata.annotations").key("helm.sh/resource-policy").text(), "keep")
	equal(t, deployment.at("spec.template.spec.volumes").index(0).at("persistentVolumeClaim.claimName").text(), claim.at("metadata.name").text())
	all.none(t, "PodDisruptionBudget")
	own := render(t, "testdata/values/volume-of-ones-own.yaml")
	own.none(t, "PersistentVolumeClaim")
	equal(t, own.one(t, "Deployment").at("spec.template.spec.volumes").index(0).at("persistentVolumeClaim.claimName").text(), "tidegate-data")
}

func TestScalingDownIsSlow(t *testing.T) {
	all := render(t, "testdata/values/full.yaml")
	scaler := all.one(t, "HorizontalPodAutoscaler")
	equal(t, scaler.at("spec.metrics").index(0).at("pods.metric.name").text(), "tidegate_connections")
	equal(t, scaler.at("spec.metrics").index(0).at("pods.target.averageValue").text(), "5000")
	down := scaler.at("spec.behavior.scaleDown")
	equal(t, down.at("stabilizationWindowSeconds").number(), 1800)
	equal(t, down.at("policies").index(0).at("value").number(), 1)
	equal(t, down.at("policies").index(0).at("periodSeconds").number(), 600)
	equal(t, down.at("selectPolicy").text(), "Min")
	if replicas := all.one(t, "Deployment").at("spec.replicas"); replicas.value != nil {
		t.Errorf("the deployment says %v replicas: each upgrade would undo what the autoscaler did", replicas.value)
	}
}

func TestPodsRunAsTheImageSaysAndWithoutRights(t *testing.T) {
	for _, values := range profiles(t) {
		all := render(t, values)
		pod := all.one(t, "Deployment").at("spec.template.spec")
		equal(t, pod.at("securityContext.runAsUser").number(), 10001)
		equal(t, pod.at("securityContext.runAsNonRoot").text(), "true")
		equal(t, pod.at("automountServiceAccountToken").text(), "false")
		container := pod.at("containers").index(0)
		equal(t, container.at("securityContext.readOnlyRootFilesystem").text(), "true")
		equal(t, container.at("securityContext.allowPrivilegeEscalation").text(), "false")
		equal(t, container.at("securityContext.capabilities.drop").texts(), "ALL")
		all.none(t, "Secret")
	}
}

func TestTheManagementPortIsOpenToWhomItSaysAlone(t *testing.T) {
	managed := func(values string) []node {
		var rules []node
		for _, rule := range render(t, values).one(t, "NetworkPolicy").at("spec.ingress").all() {
			if rule.at("ports").index(0).at("port").text() == "management" {
				rules = append(rules, rule)
			}
		}
		return rules
	}
	rules := managed("testdata/values/cluster.yaml")
	if len(rules) != 1 || len(rules[0].at("from").all()) != 1 {
		t.Errorf("want one rule with one peer: %v", rules)
	}
	if rules := managed("testdata/values/single-external.yaml"); len(rules) != 0 {
		t.Errorf("no peer was named, and a rule without any lets everybody in: %v", rules)
	}
	for _, values := range profiles(t) {
		for _, service := range render(t, values).of("Service") {
			for _, port := range service.at("spec.ports").all() {
				if port.at("targetPort").text() == "management" && service.at("spec.type").text() != "ClusterIP" {
					t.Errorf("%s: the management port is in a Service of type %s", values, service.at("spec.type").text())
				}
			}
		}
	}
}

// Selectors that meet nothing are no error to Kubernetes.
func TestSelectorsMeetWhatTheyAreFor(t *testing.T) {
	all := render(t, "testdata/values/full.yaml")
	labels := all.one(t, "Deployment").at("spec.template.metadata.labels")
	meets := func(what string, selector, labels node) {
		for key, value := range selector.fields() {
			if labels.key(key).text() != (node{value}).text() {
				t.Errorf("%s selects %s=%v", what, key, value)
			}
		}
	}
	meets("Deployment", all.one(t, "Deployment").at("spec.selector.matchLabels"), labels)
	meets("PodDisruptionBudget", all.one(t, "PodDisruptionBudget").at("spec.selector.matchLabels"), labels)
	meets("NetworkPolicy", all.one(t, "NetworkPolicy").at("spec.podSelector.matchLabels"), labels)
	var monitored []string
	monitor := all.one(t, "ServiceMonitor").at("spec.selector.matchLabels").fields()
	for _, service := range all.of("Service") {
		meets("Service", service.at("spec.selector"), labels)
		mine, matches := service.at("metadata.labels"), true
		for key, value := range monitor {
			matches = matches && mine.key(key).text() == (node{value}).text()
		}
		if matches {
			monitored = append(monitored, service.at("metadata.name").text())
		}
	}
	if !slices.Equal(monitored, []string{"gate-management"}) {
		t.Errorf("the ServiceMonitor selects %v", monitored)
	}
	equal(t, all.one(t, "HorizontalPodAutoscaler").at("spec.scaleTargetRef.name").text(), all.one(t, "Deployment").at("metadata.name").text())
}

func TestDashboardsAndRulesAreThoseOfTheRepository(t *testing.T) {
	all := render(t, "testdata/values/full.yaml")
	files, err := filepath.Glob(root + "/deploy/dashboards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dashboards: %v", err)
	}
	shipped := map[string]string{}
	for _, one := range all.of("ConfigMap") {
		for name, text := range one.at("data").fields() {
			shipped[name] = (node{text}).text()
		}
	}
	for _, file := range files {
		if text := read(t, file); strings.TrimSpace(text) != strings.TrimSpace(shipped[filepath.Base(file)]) {
			t.Errorf("%s is not what the chart ships", file)
		}
	}
	equal(t, len(shipped), len(files))
	var rules any
	if err := yaml.UnmarshalStrict([]byte(read(t, root+"/deploy/alerts/tidegate.yaml")), &rules); err != nil {
		t.Fatal(err)
	}
	equal(t, (node{rules}).json(t), all.one(t, "PrometheusRule").at("spec").json(t))
}

// The gateway ignores a variable that it does not know: a misspelt one would be silently without effect.
func TestEveryVariableIsOneOfTheGatewaysSettings(t *testing.T) {
	known := map[string]bool{}
	for _, name := range regexp.MustCompile("`(TIDEGATE_[A-Z0-9_]+)`(?: `(\\*)`)?").FindAllStringSubmatch(read(t, root+"/docs/settings.md"), -1) {
		known[name[1]] = true
		if name[2] == "*" {
			known[name[1]+"_FILE"] = true
		}
	}
	for _, values := range profiles(t) {
		seen := map[string]bool{}
		for _, variable := range render(t, values).one(t, "Deployment").at("spec.template.spec.containers").index(0).at("env").all() {
			name := variable.at("name").text()
			if seen[name] {
				t.Errorf("%s: %s is there twice", values, name)
			}
			seen[name] = true
			if strings.HasPrefix(name, "TIDEGATE_") && !known[name] {
				t.Errorf("%s: docs/settings.md knows no %s", values, name)
			}
		}
	}
}

func TestSettingsReachTheGatewayAsTheyAreWritten(t *testing.T) {
	want := map[string]string{
		"TIDEGATE_ACCEPTED_PER_SECOND":     "800",
		"TIDEGATE_CONNECTIONS_PER_ADDRESS": "1000000",
		"TIDEGATE_TRACE_RATIO":             "0.05",
		"TIDEGATE_ACCESS_LOG":              "true",
		"TIDEGATE_LOG_FORMAT":              "plain",
		"TIDEGATE_DEMO":                    "false",
		"TIDEGATE_TRUSTED_PROXIES":         "10.0.0.0/8,fd00::/8",
		"TIDEGATE_DATABASE_CONNECTIONS":    "40",
		"TIDEGATE_MASTER_KEY_FILE":         "/etc/tidegate/secrets/master-key",
	}
	pod := render(t, "testdata/values/full.yaml").one(t, "Deployment").at("spec.template.spec")
	for _, variable := range pod.at("containers").index(0).at("env").all() {
		name := variable.at("name").text()
		if text, ok := want[name]; ok {
			equal(t, name+"="+variable.at("value").text(), name+"="+text)
			delete(want, name)
		}
	}
	equal(t, len(want), 0)
	// The file is the key of the Secret that the values name.
	found := false
	equal(t, pod.at("securityContext.fsGroup").number(), 10001)
	for _, volume := range pod.at("volumes").all() {
		if mode := volume.at("projected.defaultMode"); mode.value != nil {
			equal(t, mode.number(), 0o440)
		}
		for _, source := range volume.at("projected.sources").all() {
			item := source.at("secret.items").index(0)
			found = found || source.at("secret.name").text() == "master" && item.at("key").text() == "key" && item.at("path").text() == "master-key"
		}
	}
	equal(t, found, true)
}

// Dashboards and rules are links in the repository; a package must have them themselves.
func TestAPackagedChartIsWhole(t *testing.T) {
	folder, values := t.TempDir(), "testdata/values/full.yaml"
	if out, err := run(t, "", tool(t, "helm"), "package", chart, "--destination", folder); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	packages, err := filepath.Glob(folder + "/tidegate-*.tgz")
	if err != nil || len(packages) != 1 {
		t.Fatalf("%v %v", packages, err)
	}
	packed, err := run(t, "", tool(t, "helm"), "template", "gate", packages[0], "--namespace", "realtime", "--values", values)
	if err != nil {
		t.Fatalf("%v\n%s", err, packed)
	}
	plain, err := template(t, values)
	if err != nil {
		t.Fatalf("%v\n%s", err, plain)
	}
	equal(t, len(documents(t, packed)), len(documents(t, plain)))
	equal(t, len(packed), len(plain))
}

func TestTheChartIsOfTheGatewaysVersion(t *testing.T) {
	version := regexp.MustCompile(`<version>([^<]+?)(?:-SNAPSHOT)?</version>`).FindStringSubmatch(read(t, root+"/pom.xml"))
	var about struct {
		AppVersion string `json:"appVersion"`
	}
	if err := yaml.Unmarshal([]byte(read(t, chart+"/Chart.yaml")), &about); err != nil || version == nil {
		t.Fatal(err, version)
	}
	equal(t, about.AppVersion, version[1])
}
