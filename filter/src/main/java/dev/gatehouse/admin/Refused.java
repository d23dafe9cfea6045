package dev.gatehouse.admin;

/** A request that is refused in the middle of its handling; caught by the servlet only. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Answer answer;

  Refused(Answer answer) {
    super(null, null, false, false);
    this.answer = answer;
  }

  static Refused badRequest(String text) {
    return new Refused(Answer.error(400, text));
  }

  Answer answer() {
    return answer;
  }
}
