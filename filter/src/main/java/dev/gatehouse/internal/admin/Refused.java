package dev.gatehouse.internal.admin;

/** A request that is refused in the middle of its handling; caught by the servlet only. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Answer answer;

  public Refused(Answer answer) {
    super(null, null, false, false);
    this.answer = answer;
  }

  public static Refused badRequest(String text) {
    return new Refused(Answer.error(400, text));
  }

  public Answer answer() {
    return answer;
  }
}
