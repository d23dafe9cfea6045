package dev.gatehouse.internal.restrict;

import dev.gatehouse.internal.limit.LimitConn;
import dev.gatehouse.internal.limit.LimitCount;
import dev.gatehouse.internal.limit.LimitFailedAuth;
import dev.gatehouse.internal.limit.LimitReq;
import dev.gatehouse.spi.plugin.Condition;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import java.util.List;
import java.util.Set;

/** The interceptors of Gatehouse. */
public final class Interceptors {
  private static final LabelValues LABELS = new LabelValues();

  private Interceptors() {}

  /**
   * Returns whether a label has a value. A label may have several values.
   *
   * @param label the label's text: a JSON array, a comma-separated list, or one value
   */
  public static boolean holds(String label, String value) {
    return LABELS.anyOf(label, Set.of(value));
  }

  /** Returns all values of a label, by the same rules. */
  public static Set<String> valuesOf(String label) {
    return LABELS.of(label);
  }

  /** Parses the expressions of {@code _meta.filter}. */
  public static Condition.Reader conditions() {
    return ConditionParser::read;
  }

  /** Returns all interceptors. Each is safe for use by several threads. */
  public static List<ConsumerInterceptor<?>> builtIn() {
    LimitConn limitConn = new LimitConn();
    LimitCount limitCount = new LimitCount();
    return List.of(
        new Cors(),
        new ClientControl(),
        new IpRestriction(),
        new UaRestriction(),
        new RefererRestriction(),
        new UriBlocker(),
        new RequestValidation(),
        new LimitFailedAuth(),
        new Acl(),
        new ConsumerRestriction(),
        new AttachConsumerLabel(),
        new Workflow(limitCount, limitConn),
        limitConn,
        limitCount,
        new LimitReq());
  }
}
