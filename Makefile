# Tidegate. Two commands matter: `make run` and `make test`.

JDK := $(shell sh scripts/find-jdk.sh)
ifeq ($(JDK),)
$(error no suitable JDK, see above)
endif
export JAVA_HOME := $(JDK)

JAVA := $(JDK)/bin/java
FLAGS := --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseCompactObjectHeaders
# The compact headers flag came with 24, the unsafe one with 23; older JDKs start without them.
MAJOR := $(shell sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' $(JDK)/release)
ifeq ($(shell [ $(MAJOR) -ge 25 ] && echo yes),)
FLAGS := --enable-native-access=ALL-UNNAMED
endif
MVN := mvn -B -q -Djvm.flags="$(FLAGS)" $(if $(CONSOLE_SKIP),-Dconsole.skip=$(CONSOLE_SKIP))
JAR := api/target/tidegate.jar
BENCH := bench/target/tidegate-bench.jar
SDK_JS := sdk-js/dist/index.js
# What npm writes last.
SDK_JS_MODULES := sdk-js/node_modules/.package-lock.json
FAULTS_JAR := faults/target/tidegate-faults.jar
SDK_JAR := tidegate-sdk-0.1.0-SNAPSHOT.jar
# What the jar is made of. The linters' packages are not: they are unpacked under openapi/lint.
SOURCES := pom.xml api/pom.xml docs/errors.md $(wildcard openapi/*.yaml openapi/*.md) $(shell find api/src/main -type f)

# The console is built by Maven, with scripts/console.sh; not with CONSOLE_SKIP=true.
CONSOLE_SOURCES := $(shell find console/*.json console/*.html console/*.ts console/src console/public console/scripts sdk-js/src -type f ! -name schema.d.ts 2>/dev/null)
CONSOLE_MODULES := console/node_modules/.package-lock.json

# What a shell script starts with `&` ignores SIGINT, unless it is told to heed it.
HEED_INT = $(shell env --default-signal=INT true 2>/dev/null && echo env --default-signal=INT)

.PHONY: help run cluster demo-feed setup test test-contract autobahn webhooks containers build bench faults fuzz soak mutants fmt clean scenarios built-sdk-js example test-examples bench-quiz test-sdk-js test-console walk-console screenshots test-terraform install-provider

help: ## what can be done here
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1#\2/p' Makefile | column -t -s '#'

run: $(JAR) ## start a gateway with its own database, and a demo to try
	@exec $(JAVA) $(FLAGS) -jar $(JAR)

cluster: $(JAR) ## start NODES=3 gateways with PostgreSQL and Redis on this machine, until Ctrl-C
	@server=$$(sh scripts/find-redis.sh) || exit 1; \
	  export TIDEGATE_REDIS_SERVER="$$server"; \
	  exec $(HEED_INT) $(JAVA) $(FLAGS) -jar $(JAR) cluster $(or $(NODES),3) --with-parent

demo-feed: ## replay real data into the running demo (FEED="--speed max", "--loop", "--fresh")
	@cd examples/feed && { [ -d node_modules ] || npm ci --silent --no-audit --no-fund; } && node feed.mjs $(FEED)

example: $(JAR) $(SDK_JS) ## a small app to start from, on port 3000 (NAME=chat|dashboard|cursors|quiz)
	@exec node examples/run.mjs $(NAME)

$(SDK_JS_MODULES): sdk-js/package.json sdk-js/package-lock.json
	@npm ci --silent --no-audit --no-fund --prefix sdk-js
	@touch $@

$(SDK_JS): $(SDK_JS_MODULES) $(wildcard sdk-js/tsconfig*.json) $(shell find sdk-js/src -type f)
	@npm run --silent --prefix sdk-js build
	@touch $@

$(CONSOLE_MODULES): console/package.json console/package-lock.json
	@npm ci --silent --no-audit --no-fund --prefix console
	@touch $@

build: $(JAR) ## one runnable jar: api/target/tidegate.jar

$(JAR): $(SOURCES) $(CONSOLE_SOURCES) scripts/console.sh
	$(MVN) -pl api package -Dmaven.test.skip=true
	@touch $(JAR)

setup: ## install what the fuller tests need, where this machine lets us
	@sh scripts/setup.sh

test: setup built-sdk-js ## all tests
	@npm ci --silent --no-audit --no-fund --prefix api/src/test/data
	mvn -B -ntp -Djvm.flags="$(FLAGS)" verify
	@$(MAKE) --no-print-directory test-contract
	@$(MAKE) --no-print-directory test-sdk-js
	@$(MAKE) --no-print-directory walk-console
	@sh terraform/test.sh units

test-terraform: $(if $(TIDEGATE_JAR),,$(JAR)) ## the Terraform provider at real gateways with a real OpenTofu, modules, chart; needs Go
	@sh terraform/test.sh acceptance

install-provider: ## build the Terraform provider to where OpenTofu and Terraform look for it; needs Go
	@sh terraform/install.sh

test-contract: ## lint the contract with our own rules, and hold it against the last release
	@npm ci --silent --no-audit --no-fund --prefix openapi/lint
	@cd openapi/lint && npm test --silent && npm run --silent lint && npm run --silent diff

test-sdk-js: setup $(JAR) $(SDK_JS) ## the TypeScript SDK, its hooks and the examples, at a real gateway and in Chromium
	@cd sdk-js && npm run --silent check && npx --no-install vitest run

# The console's units, and of its journeys those of two minutes.
walk-console: setup $(JAR) $(SDK_JS_MODULES) $(CONSOLE_MODULES)
	@cd console && npm run --silent check && npm test --silent && npm run --silent walk:short

test-console: setup $(JAR) $(SDK_JS_MODULES) $(CONSOLE_MODULES) ## every journey through the console, in Chromium at a real gateway (ONLY="roles webhooks")
	@cd console && npm run --silent check && npm test --silent && npm run --silent walk -- $(ONLY)

screenshots: setup $(JAR) $(SDK_JS_MODULES) $(CONSOLE_MODULES) ## each page of the console, light, dark and on a phone: console/screenshots
	@cd console && npm run --silent screenshots

test-examples: setup $(JAR) $(SDK_JS) ## of these only what a browser shows
	@cd sdk-js && npm run --silent test:browser

autobahn: ## all of the Autobahn suite that is within our limits; reports under api/target/autobahn
	mvn -B -ntp -Djvm.flags="$(FLAGS)" -pl api test -Dtest=AutobahnTest -Dtests.left.out=

webhooks: setup ## 2,000 events to a backend that mostly fails, is down for a minute, and loses its sender
	mvn -B -ntp -pl api verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=NoEventIsLostIT \
	  -Djvm.flags="$(FLAGS) -Dtidegate.webhook.events=2000 -Dtidegate.webhook.down=60"

containers: ## the contracts of the stores over PostgreSQL and Redis in containers, where an engine answers
	mvn -B -ntp -Djvm.flags="$(FLAGS)" -Pcontainers -pl api test

bench: $(JAR) ## measure, and write docs/bench
	$(MVN) -pl sdk-java,bench package -Dmaven.test.skip=true
	$(JAVA) $(FLAGS) -jar $(BENCH) report
	$(JAVA) $(FLAGS) -jar $(BENCH) report --set issue-3 --more-flags "-Xmx256m -XX:+ExitOnOutOfMemoryError"
	$(JAVA) $(FLAGS) -jar $(BENCH) report --set noisy
	$(JAVA) $(FLAGS) -jar $(BENCH) report --set timing
	$(JAVA) $(FLAGS) -jar $(BENCH) report --set metalog
	$(JAVA) $(FLAGS) -jar $(BENCH) report --set webhooks
	@server=$$(sh scripts/find-redis.sh) || exit 1; \
	  export TIDEGATE_REDIS_SERVER="$$server"; \
	  exec $(JAVA) $(FLAGS) -jar $(BENCH) report --set issue-4

bench-quiz: $(JAR) $(SDK_JS) ## 500 players of examples/quiz; writes docs/bench/quiz.md
	@exec node examples/bench/quiz.mjs

faults: setup ## kill, freeze and cut what a cluster is made of, and ask its clients; writes docs/bench/faults (FAULTS="redis-empty,node-kill" RUNS=1 SEED=7 TEETH=1 RESUME=1 LANES=1 OLD_JAR=x.jar PUBLISHES=20000)
	$(MVN) -pl api,sdk-java,bench,faults package -Dmaven.test.skip=true
	old="$(OLD_JAR)"; [ -n "$$old" ] || old=$$(sh scripts/previous-jar.sh) || exit 1; \
	$(JAVA) -Xmx2g $(FLAGS) -cp $(FAULTS_JAR):$(BENCH):$(JAR) io.tidegate.faults.Faults --flags "$(FLAGS)" --runs $(or $(RUNS),3) --publishes $(or $(PUBLISHES),20000) \
	  --old-jar "$${old:-none}" --out $(or $(OUT),docs/bench) --said "$(if $(TEETH),TEETH=$(TEETH)) $(if $(RUNS),RUNS=$(RUNS)) $(if $(PUBLISHES),PUBLISHES=$(PUBLISHES))" \
	  $(if $(SEED),--seed $(SEED)) $(if $(RESUME),--resume yes) $(if $(LANES),--lanes $(LANES)) $(if $(FAULTS),--faults "$(FAULTS)") $(if $(TEETH),--bugs $(if $(filter 1,$(TEETH)),all,$(TEETH)))

built-sdk-js: $(SDK_JS) # what the drivers and the README's page load
	@:

scenarios: setup built-sdk-js ## the list that both SDKs pass on a real cluster (RUNS=20 SEED=7 SDKS=java,js ONLY="node-kill,offline-1000")
	$(MVN) -pl api,sdk-java,bench,faults,scenarios package -Dmaven.test.skip=true
	$(JAVA) -Xmx512m $(FLAGS) -Dscenarios.js.driver=sdk-js/test/scenarios/driver.mjs \
	  -cp scenarios/target/tidegate-scenarios.jar:$(FAULTS_JAR):sdk-java/target/$(SDK_JAR):$(BENCH):$(JAR) io.tidegate.scenarios.Scenarios \
	  --flags "$(FLAGS)" --runs $(or $(RUNS),1) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only "$(ONLY)") $(if $(SDKS),--sdks $(SDKS))

fuzz: ## feed what strangers send with made-up bytes, a minute for each reader (TARGET=FrameFuzz for some)
	@sh scripts/fuzz.sh $(MVN)

soak: $(JAR) ## half an hour of churn that must not grow (MINUTES=30), then 20 runs of the SDKs' scenarios and mutation tests
	$(MVN) -pl sdk-java,bench package -Dmaven.test.skip=true
	$(JAVA) $(FLAGS) -jar $(BENCH) soak --more-flags -XX:NativeMemoryTracking=summary --minutes $(or $(MINUTES),30) --time-limit 7200
	@$(MAKE) scenarios RUNS=20
	@$(MAKE) mutants

mutants: ## change the code in small ways: do the tests notice 80 % in each package (PACKAGES="auth limit")
	@PACKAGES="$(PACKAGES)" sh scripts/mutants.sh $(MVN)

fmt: ## format the code
	$(MVN) spotless:apply

clean:
	rm -rf */target
