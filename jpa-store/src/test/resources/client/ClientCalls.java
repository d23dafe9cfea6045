package client;

import client.api.ConsumersApi;
import client.api.CredentialsApi;
import client.api.StoreApi;
import client.model.ConsumerDefinition;
import client.model.ConsumerRecord;
import client.model.Credential;
import client.model.NewCredentialRecord;
import client.model.Rotate;
import java.util.Map;

/** Calls that a user of the generated client makes; compiled and run by a test. */
public final class ClientCalls {
  private ClientCalls() {}

  /** Makes a Consumer and a key, and returns the key after it was rotated. */
  public static String run(int port, String adminKey) throws ApiException {
    ApiClient client = new ApiClient();
    client.setScheme("http").setHost("localhost").setPort(port).setBasePath("/admin");
    client.setRequestInterceptor(request -> request.header("X-API-KEY", adminKey));
    ConsumersApi consumers = new ConsumersApi(client);
    ConsumerDefinition acme = new ConsumerDefinition().username("acme").labels(Map.of("a", "b"));
    ConsumerRecord made = consumers.putConsumer(acme, null, null);
    long year = 31_536_000L;
    require(made.getValue().getCreateTime() > 50 * year, "create_time is in seconds");
    require(made.getCreatedIndex() > Integer.MAX_VALUE, "createdIndex needs 64 bits");
    require(consumers.getConsumer("acme").getValue().getLabels().get("a").equals("b"), "labels");
    require(consumers.listConsumers(1, 10, null, "ac", null).getTotal() == 1, "one in the list");
    CredentialsApi credentials = new CredentialsApi(client);
    Credential key = new Credential().name("main").plugins(Map.of("key-auth", Map.of()));
    NewCredentialRecord stored = credentials.postCredential("acme", key);
    String id = stored.getValue().getId();
    require(credentials.listCredentials("acme").getTotal() == 1, "one credential");
    NewCredentialRecord rotated = credentials.rotateCredential("acme", id, new Rotate());
    require(!rotated.getGenerated().equals(stored.getGenerated()), "another key");
    require(new StoreApi(client).getAudit(null, 10).getList().size() >= 3, "audit");
    try {
      consumers.getConsumer("none");
      throw new IllegalStateException("there is no such Consumer");
    } catch (ApiException notFound) {
      require(notFound.getCode() == 404, "404");
    }
    return rotated.getGenerated().get("key");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
