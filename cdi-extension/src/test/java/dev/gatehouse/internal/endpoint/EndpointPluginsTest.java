package dev.gatehouse.internal.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.cdi.places.Places;
import dev.gatehouse.cdi.places.Places.Agreeing;
import dev.gatehouse.cdi.places.Places.Branch;
import dev.gatehouse.cdi.places.Places.Contradicting;
import dev.gatehouse.cdi.places.Places.Decided;
import dev.gatehouse.cdi.places.Places.Implementing;
import dev.gatehouse.cdi.places.Places.NamedBranch;
import dev.gatehouse.cdi.places.Places.Narrowed;
import dev.gatehouse.cdi.places.Places.Order;
import dev.gatehouse.cdi.places.Places.Orders;
import dev.gatehouse.cdi.places.Places.OrdersOfBase;
import dev.gatehouse.cdi.places.Places.Overruling;
import dev.gatehouse.cdi.places.Places.Plain;
import dev.gatehouse.cdi.places.Places.Shop;
import dev.gatehouse.cdi.places.Places.Stereotyped;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What annotations ask for, over every way in which they are inherited. */
class EndpointPluginsTest {
  @Test
  void typeWithoutAnnotations_hasNoPlugins() {
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
  void genericSupertypes_areMatchedByTheirTypeArguments() {
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
  void stereotype_addsItsPlugins_andTheDirectAnnotationWins() {
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
  void place_isTheSameForAMethodAndForWhatItImplements() throws Exception {
    Method asDeclared = Places.Crud.class.getDeclaredMethod("save", Object.class);
    Method asImplemented = Orders.class.getDeclaredMethod("save", Order.class);
    assertEquals(
        Orders.class.getName() + "#save(Order)",
        EndpointPlugins.of(Orders.class, asDeclared).place());
    assertEquals(
        EndpointPlugins.of(Orders.class, asDeclared),
        EndpointPlugins.of(Orders.class, asImplemented));
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
        text.contains("$Contradicting#list(): limit-count: is annotated with different"), text);
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
  void labelWithoutValue_isRefusedByItsMethodAndMember() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> at(Plain.class, "badLabel"));
    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("Plain#badLabel: @Acl.deny: must hold name:value, was \"x\""),
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

  @Test
  void settings_areComparedAsJson() {
    assertTrue(AnnotationSettings.areEqual("{\"a\":1,\"b\":[2]}", "{ \"b\": [2], \"a\": 1 }"));
    assertFalse(AnnotationSettings.areEqual("{\"a\":1}", "{\"a\":2}"));
    assertFalse(AnnotationSettings.areEqual("{\"a\":1}", "{\"a\":1,\"a\":1}"));
    assertTrue(AnnotationSettings.areEqual("{", "{"));
  }

  @Test
  void flag_isFoundHoweverTheTextIsWritten() {
    assertTrue(AnnotationSettings.hasTrue("{ \"hide\" :\n true }", "hide"));
    assertTrue(AnnotationSettings.hasTrue("{\"a\":[{\"b\":{\"hide\":true}}]}", "hide"));
    assertFalse(AnnotationSettings.hasTrue("{\"hide\":false,\"a\":\"\\\"hide\\\":true\"}", "hide"));
    assertFalse(AnnotationSettings.hasTrue("{\"hide\":true", "hide"));
  }
}
