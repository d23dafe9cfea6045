package dev.gatehouse;

import static java.util.Map.entry;

import dev.gatehouse.checks.SourceContract;
import java.util.Map;

/** The exceptions of this module; they may only shrink. */
class SourceTest extends SourceContract {
  @Override
  protected Map<String, Integer> largeFiles() {
    return Map.of(
        "CredentialReader.java",
        204,
        "CredentialResource.java",
        221,
        "FilterBuilder.java",
        268,
        "JwtAuth.java",
        231,
        "SettingsReader.java",
        258);
  }

  @Override
  protected Map<String, Integer> longMethods() {
    return Map.of(
        "AdminServlet.answer",
        34,
        "CavageCheck.problem",
        31,
        "HmacConfig.read",
        31,
        "JwtAuth.readCredential",
        31,
        "StoreFactory.open",
        40);
  }

  @Override
  protected Map<String, Integer> manyParameters() {
    return Map.of(
        "ChangeFeed.Tracking.<init>",
        5,
        "ConfigurationReload.<init>",
        5,
        "CountRule.of",
        6,
        "Heartbeat.<init>",
        5,
        "KongCredentials.setting",
        5);
  }

  @Override
  protected Map<String, Integer> repeatedNames() {
    return Map.ofEntries(
        entry("Answer", 3),
        entry("Asked", 2),
        entry("Attempt", 2),
        entry("Changed", 2),
        entry("Count", 2),
        entry("Form", 2),
        entry("Header", 2),
        entry("Item", 2),
        entry("KeyCounter", 2),
        entry("Member", 2),
        entry("Outcome", 3),
        entry("Owner", 2),
        entry("Page", 2),
        entry("Place", 4),
        entry("Proof", 2),
        entry("Question", 3),
        entry("Reader", 2),
        entry("Refused", 2),
        entry("Rule", 3),
        entry("Source", 4),
        entry("Step", 2));
  }

  @Override
  protected int idiomInComments() {
    return 6;
  }

  @Override
  protected int idiomInMessages() {
    return 3;
  }
}
