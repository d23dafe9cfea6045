package dev.gatehouse.cdi.places;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import dev.gatehouse.annotation.Plugin;
import dev.gatehouse.annotation.PluginAnnotation;
import jakarta.annotation.PostConstruct;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.EventListener;
import java.util.List;

/** Classes with annotations in every possible place. */
public final class Places {
  private Places() {}

  public enum Mode {
    SOFT,
    HARD
  }

  @Retention(RetentionPolicy.RUNTIME)
  @PluginAnnotation("quota")
  public @interface Quota {
    Mode mode() default Mode.SOFT;

    int[] units() default {};
  }

  @Retention(RetentionPolicy.RUNTIME)
  @KeyAuth
  @LimitCount(count = 9, timeWindow = 60)
  public @interface PartnerApi {}

  public static class Plain {
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
  public static class Shop {
    @LimitCount(count = 1, timeWindow = 60)
    void strict() {}

    void plain() {}
  }

  public static class Branch extends Shop {
    @Override
    void strict() {}
  }

  @KeyAuth(realm = "branch")
  public static class NamedBranch extends Shop {}

  @LimitCount(count = 7, timeWindow = 60)
  public interface Seven {
    void list();
  }

  public interface AlsoSeven {
    @LimitCount(count = 7, timeWindow = 60)
    void list();
  }

  public interface Eleven {
    @LimitCount(count = 11, timeWindow = 60)
    void list();
  }

  public interface Eight extends AlsoSeven {
    @Override
    @LimitCount(count = 8, timeWindow = 60)
    void list();
  }

  public static class Implementing implements Seven {
    @Override
    public void list() {}
  }

  @LimitCount(count = 8, timeWindow = 60)
  public static class Overruling implements Seven {
    @Override
    public void list() {}
  }

  public static class Narrowed implements Eight {
    @Override
    public void list() {}
  }

  public static class Agreeing implements Seven, AlsoSeven {
    @Override
    public void list() {}
  }

  public static class Contradicting implements AlsoSeven, Eleven {
    @Override
    public void list() {}
  }

  public static class Decided implements AlsoSeven, Eleven {
    @Override
    @LimitCount(count = 1, timeWindow = 60)
    public void list() {}
  }

  public record Order(String id) {}

  public interface Crud<T> {
    @LimitCount(count = 3, timeWindow = 60)
    void save(T one);

    @LimitCount(count = 4, timeWindow = 60)
    void all(List<T> all);

    @LimitCount(count = 5, timeWindow = 60)
    void many(T[] many);
  }

  public interface OrderCrud extends Crud<Order> {}

  public static class Orders implements OrderCrud {
    @Override
    public void save(Order one) {}

    public void save(String id) {}

    @Override
    public void all(List<Order> all) {}

    @Override
    public void many(Order[] many) {}
  }

  public abstract static class Base<T> implements Crud<T> {
    @Override
    public void save(T one) {}
  }

  public abstract static class OrdersOfBase extends Base<Order> {}

  @PartnerApi
  public static class Stereotyped {
    void inherited() {}

    @LimitCount(count = 2, timeWindow = 60)
    void overruled() {}
  }

  @KeyAuth
  public static class Annotated {}

  public static class AnnotatedMethod {
    @KeyAuth
    void guarded() {}
  }

  public static class Inheriting extends AnnotatedMethod {}

  public interface Ruled {
    @KeyAuth
    void guarded();
  }

  public static class OfRuled implements Ruled {
    @Override
    public void guarded() {}
  }

  public static class Open {}

  @KeyAuth
  public static class GuardedFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
  }

  @KeyAuth
  public static class GuardedListener implements EventListener {}

  public static class Unreachable {
    @KeyAuth
    static void ofNobody() {}

    @KeyAuth(hideCredentials = true)
    void tooLate() {}
  }

  public static class Unasked {
    @PostConstruct
    @KeyAuth
    void begin() {}
  }

  @KeyAuth
  public static class GuardedApplication extends Application {}

  public static class Mistaken {
    @LimitCount(count = 0, timeWindow = 60)
    void guarded(String one) {}
  }
}
