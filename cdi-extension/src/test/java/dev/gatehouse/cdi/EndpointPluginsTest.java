package dev.gatehouse.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import dev.gatehouse.annotation.Plugin;
import dev.gatehouse.annotation.PluginAnnotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What annotations ask for, over every way in which they are inherited. */
class EndpointPluginsTest {
  @Test
  void unannotated_asksForNothing() {
    assertTrue(EndpointPlugins.of(Object.class).isEmpty());
    assertEquals(Map.of(), at(Plain.class, "open"));
  }

  @Test
  void members_areSettingsInSnakeCaseAndOnlyThoseThatAreSet() {
    assertEquals(
        Map.of("key-auth", "{}", "limit-count", "{\"count\":5,\"time_window\":60}"),
        at(Plain.class, "limited"));
    assertEquals(
        Map.of(
            "acl",
            "{\"allow_labels\":{\"tier\":[\"gold\",\"silver\"],\"zone\":[\"eu:1\"]},"
                + "\"rejected_code\":404}"),
        at(Plain.class, "labelled"));
  }

  @Test
  void anyPlugin_hasItsSettingsAsTheyAreWritten() {
    assertEquals(
        Map.of("jwt-auth", "{\"store_in_ctx\":true}", "limit-req", "{\"rate\":1,\"burst\":0}"),
        at(Plain.class, "any"));
  }

  @Test
  void annotationOfOnesOwn_isReadByTheSameRules() {
    assertEquals(
        Map.of("quota", "{\"mode\":\"hard\",\"units\":[1,2]}"), at(Plain.class, "thirdParty"));
  }

  @Test
  void method_winsOverItsClass_pluginByPlugin() {
    assertEquals(
        Map.of("key-auth", "{\"realm\":\"shop\"}", "limit-count", limit(1)),
        at(Shop.class, "strict"));
    assertEquals(
        Map.of("key-auth", "{\"realm\":\"shop\"}", "limit-count", limit(100)),
        at(Shop.class, "plain"));
  }

  @Test
  void subclass_inheritsClassAndMethods() {
    assertEquals(
        Map.of("key-auth", "{\"realm\":\"shop\"}", "limit-count", limit(1)),
        at(Branch.class, "strict"));
    assertEquals(
        Map.of("key-auth", "{\"realm\":\"branch\"}", "limit-count", limit(100)),
        at(NamedBranch.class, "plain"));
  }

  @Test
  void interface_isInheritedToo_andTheClassWinsOverIt() {
    assertEquals(Map.of("limit-count", limit(7)), at(Implementing.class, "list"));
    assertEquals(Map.of("limit-count", limit(8)), at(Overruling.class, "list"));
  }

  @Test
  void genericSupertypes_areMatchedByWhatTheirVariablesStandFor() {
    assertEquals(Map.of("limit-count", limit(3)), at(Orders.class, "save", Order.class));
    assertEquals(Map.of(), at(Orders.class, "save", String.class));
    assertEquals(Map.of("limit-count", limit(3)), at(OrdersOfBase.class, "save", Object.class));
    assertEquals(Map.of("limit-count", limit(4)), at(Orders.class, "all", List.class));
    assertEquals(Map.of("limit-count", limit(5)), at(Orders.class, "many", Order[].class));
  }

  @Test
  void bridgeMethod_isReadAsTheMethodBehindIt() {
    Method bridge =
        Arrays.stream(Orders.class.getDeclaredMethods())
            .filter(method -> method.isBridge() && method.getName().equals("save"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Map.of("limit-count", limit(3)), EndpointPlugins.of(Orders.class, bridge).settings());
  }

  @Test
  void stereotype_bringsItsPluginsAndTheDirectAnnotationWins() {
    assertEquals(
        Map.of("key-auth", "{}", "limit-count", limit(9)), at(Stereotyped.class, "inherited"));
    assertEquals(
        Map.of("key-auth", "{}", "limit-count", limit(2)), at(Stereotyped.class, "overruled"));
  }

  @Test
  void nearerInterface_winsOverTheOneItExtends() {
    assertEquals(Map.of("limit-count", limit(8)), at(Narrowed.class, "list"));
  }

  @Test
  void twoInterfacesThatAgree_areNoContradiction() {
    assertEquals(Map.of("limit-count", limit(7)), at(Agreeing.class, "list"));
  }

  @Test
  void twoInterfacesThatDiffer_areRefusedByPlaceAndPlugin() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> at(Contradicting.class, "list"));
    String text = String.valueOf(refused.getMessage());
    assertTrue(
        text.contains("$Contradicting#list: limit-count: is annotated with different"), text);
    assertTrue(text.contains(limit(11) + " and " + limit(7)), text);
  }

  @Test
  void twoInterfacesThatDiffer_areDecidedByTheMethodItself() {
    assertEquals(Map.of("limit-count", limit(1)), at(Decided.class, "list"));
  }

  @Test
  void samePluginTwiceInOnePlace_isRefused() {
    assertThrows(ConfigException.class, () -> at(Plain.class, "twice"));
  }

  @Test
  void labelWithoutValue_isRefusedByItsMember() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> at(Plain.class, "badLabel"));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("@Acl.deny: must hold name:value, was \"x\""),
        refused::getMessage);
  }

  private static String limit(int count) {
    return "{\"count\":" + count + ",\"time_window\":60}";
  }

  private static Map<String, String> at(Class<?> type, String method, Class<?>... parameters) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Method found : each.getDeclaredMethods()) {
        if (!found.isBridge()
            && found.getName().equals(method)
            && Arrays.equals(found.getParameterTypes(), parameters)) {
          return EndpointPlugins.of(type, found).settings();
        }
      }
    }
    throw new IllegalArgumentException(method);
  }

  enum Mode {
    SOFT,
    HARD
  }

  @Retention(RetentionPolicy.RUNTIME)
  @PluginAnnotation("quota")
  @interface Quota {
    Mode mode() default Mode.SOFT;

    int[] units() default {};
  }

  @Retention(RetentionPolicy.RUNTIME)
  @KeyAuth
  @LimitCount(count = 9, timeWindow = 60)
  @interface PartnerApi {}

  static class Plain {
    void open() {}

    @KeyAuth
    @LimitCount(count = 5, timeWindow = 60)
    void limited() {}

    @Acl(
        allow = {"tier:gold", "tier:silver", "zone:eu:1"},
        rejectedCode = 404)
    void labelled() {}

    @Plugin(name = "jwt-auth", settings = "{\"store_in_ctx\":true}")
    @Plugin(name = "limit-req", settings = "{\"rate\":1,\"burst\":0}")
    void any() {}

    @Quota(
        mode = Mode.HARD,
        units = {1, 2})
    void thirdParty() {}

    @KeyAuth
    @Plugin(name = "key-auth", settings = "{\"realm\":\"other\"}")
    void twice() {}

    @Acl(deny = "x")
    void badLabel() {}
  }

  @KeyAuth(realm = "shop")
  @LimitCount(count = 100, timeWindow = 60)
  static class Shop {
    @LimitCount(count = 1, timeWindow = 60)
    void strict() {}

    void plain() {}
  }

  static class Branch extends Shop {
    @Override
    void strict() {}
  }

  @KeyAuth(realm = "branch")
  static class NamedBranch extends Shop {}

  @LimitCount(count = 7, timeWindow = 60)
  interface Seven {
    void list();
  }

  interface AlsoSeven {
    @LimitCount(count = 7, timeWindow = 60)
    void list();
  }

  interface Eleven {
    @LimitCount(count = 11, timeWindow = 60)
    void list();
  }

  interface Eight extends AlsoSeven {
    @Override
    @LimitCount(count = 8, timeWindow = 60)
    void list();
  }

  static class Implementing implements Seven {
    @Override
    public void list() {}
  }

  @LimitCount(count = 8, timeWindow = 60)
  static class Overruling implements Seven {
    @Override
    public void list() {}
  }

  static class Narrowed implements Eight {
    @Override
    public void list() {}
  }

  static class Agreeing implements Seven, AlsoSeven {
    @Override
    public void list() {}
  }

  static class Contradicting implements AlsoSeven, Eleven {
    @Override
    public void list() {}
  }

  static class Decided implements AlsoSeven, Eleven {
    @Override
    @LimitCount(count = 1, timeWindow = 60)
    public void list() {}
  }

  record Order(String id) {}

  interface Crud<T> {
    @LimitCount(count = 3, timeWindow = 60)
    void save(T one);

    @LimitCount(count = 4, timeWindow = 60)
    void all(List<T> all);

    @LimitCount(count = 5, timeWindow = 60)
    void many(T[] many);
  }

  interface OrderCrud extends Crud<Order> {}

  static class Orders implements OrderCrud {
    @Override
    public void save(Order one) {}

    public void save(String id) {}

    @Override
    public void all(List<Order> all) {}

    @Override
    public void many(Order[] many) {}
  }

  abstract static class Base<T> implements Crud<T> {
    @Override
    public void save(T one) {}
  }

  abstract static class OrdersOfBase extends Base<Order> {}

  @PartnerApi
  static class Stereotyped {
    void inherited() {}

    @LimitCount(count = 2, timeWindow = 60)
    void overruled() {}
  }
}
