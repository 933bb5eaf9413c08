package io.tidegate.control;

/** One of each thing that has an id, of a tenant of their own. */
record ForeignThings(String tenant, String app, String token) {
  static ForeignThings of(ControlClient operator) {
    String tenant = operator.newTenant();
    String app = operator.newApp(tenant);
    operator
        .post("/v1/apps/" + app + "/keys", "{'name':'a','capabilities':{'*':['publish']}}")
        .expect(201);
    operator.put("/v1/apps/" + app + "/namespaces/chat", "{'pattern':'chat:*'}");
    String token =
        operator
            .post("/v1/tenants/" + tenant + "/control-tokens", "{'name':'a','role':'viewer'}")
            .text("id");
    return new ForeignThings(tenant, app, token);
  }

  /** The contract's path with their ids. */
  String in(String path) {
    return path.replace("{tenantId}", tenant)
        .replace("{appId}", app)
        .replace("{tokenId}", token)
        .replace("{keyId}", "k1")
        .replace("{name}", "chat");
  }
}
