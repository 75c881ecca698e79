using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CsCheck;

namespace Mlops.Targets.Tests;

/// <summary>What CI servers read of a run: by their schemas, whatever the values.</summary>
public class ResultFilesTests
{
    /// <summary>The shape that Jenkins' xUnit plugin, GitLab and Azure read, as a schema.</summary>
    const string JUnitSchema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:attributeGroup name="counts">
            <xs:attribute name="name" type="xs:string" use="required"/>
            <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="time" type="xs:decimal" use="required"/>
          </xs:attributeGroup>
          <xs:complexType name="outcome" mixed="true">
            <xs:attribute name="message" type="xs:string" use="required"/>
            <xs:attribute name="type" type="xs:string"/>
          </xs:complexType>
          <xs:element name="testsuites">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded">
                        <xs:complexType>
                          <xs:choice minOccurs="0">
                            <xs:element name="failure" type="outcome"/>
                            <xs:element name="error" type="outcome"/>
                            <xs:element name="skipped" type="outcome"/>
                            <xs:element name="system-out" type="xs:string"/>
                          </xs:choice>
                          <xs:attribute name="name" type="xs:string" use="required"/>
                          <xs:attribute name="classname" type="xs:string" use="required"/>
                          <xs:attribute name="time" type="xs:decimal" use="required"/>
                        </xs:complexType>
                      </xs:element>
                    </xs:sequence>
                    <xs:attributeGroup ref="counts"/>
                  </xs:complexType>
                </xs:element>
              </xs:sequence>
              <xs:attributeGroup ref="counts"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>
        """;

    const string Hostile = "<a b=\"c\">&amp; ]]> \e[2J\0 \ud800 \u2028 'ä☃😀'\r\n\ttwo";

    static readonly Gen<string> Text = Gen.OneOf(
        Gen.String, Gen.Char.Array[0, 12].Select(letters => new string(letters)), Gen.Const(Hostile));

    [Fact]
    public void ChecksAreWrittenAsTestCases()
    {
        var xml = JUnit(
        [
            new Check("churn/Evaluate", "auc is at least 0.8",
                CheckResult.Failed, "auc 0.71", TimeSpan.FromMilliseconds(1500)),
            new Check("churn/Validate", "id is unique", CheckResult.Passed),
            new Check("churn/Evaluate", "beats the baseline", CheckResult.Passed),
            new Check("churn/Package", "runs", CheckResult.Skipped, "blocked"),
            new Check("churn/Report", "runs", CheckResult.Error, "no space"),
            new Check("churn/Validate", "age lies in [0, 100]", CheckResult.Warned, "7 rows"),
        ]);

        xml.ToString().ReplaceLineEndings("\n").ShouldBe("""
            <testsuites name="mlops" tests="6" failures="1" errors="1" skipped="1" time="1.500">
              <testsuite name="churn/Evaluate" tests="2" failures="1" errors="0" skipped="0" time="1.500">
                <testcase name="auc is at least 0.8" classname="churn.Evaluate" time="1.500">
                  <failure message="auc 0.71">auc 0.71</failure>
                </testcase>
                <testcase name="beats the baseline" classname="churn.Evaluate" time="0.000" />
              </testsuite>
              <testsuite name="churn/Validate" tests="2" failures="0" errors="0" skipped="0" time="0.000">
                <testcase name="id is unique" classname="churn.Validate" time="0.000" />
                <testcase name="age lies in [0, 100]" classname="churn.Validate" time="0.000">
                  <system-out>7 rows</system-out>
                </testcase>
              </testsuite>
              <testsuite name="churn/Package" tests="1" failures="0" errors="0" skipped="1" time="0.000">
                <testcase name="runs" classname="churn.Package" time="0.000">
                  <skipped message="blocked" />
                </testcase>
              </testsuite>
              <testsuite name="churn/Report" tests="1" failures="0" errors="1" skipped="0" time="0.000">
                <testcase name="runs" classname="churn.Report" time="0.000">
                  <error message="no space">no space</error>
                </testcase>
              </testsuite>
            </testsuites>
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void NoValueBreaksTheTestReport() => Gen.Select(Text, Text, Text, Gen.Enum<CheckResult>())
        .Select((suite, name, message, result) => new Check(suite, name, result, message)).Array[0, 5]
        .Sample(checks => JUnit(checks).Descendants("testcase").Count().ShouldBe(checks.Length), iter: 300);

    [Fact]
    public void HostileTextIsReadBackAsItIsShown()
    {
        var read = JUnit([new Check("s", Hostile, CheckResult.Failed, Hostile)])
            .Descendants("testcase").Single();
        read.Attribute("name")!.Value.ShouldBe(VisibleText.Of(Hostile));
        read.Element("failure")!.Attribute("message")!.Value.ShouldBe(VisibleText.Of(Hostile));
    }

    [Fact]
    public void NoticesAreWrittenAsSarif()
    {
        var run = Sarif(
        [
            new Notice(NoticeLevel.Error, "YAML-2", "unknown key", "pipelines/a b/pipeline.yaml", 9, 3),
            new Notice(NoticeLevel.Warning, "DATA-1", Hostile, "pipelines/a b/x#1.csv", 7),
            new Notice(NoticeLevel.Note, "YAML-2", "no place"),
        ]);

        Kinds(run.GetProperty("tool").GetProperty("driver").GetProperty("rules"), "id")
            .ShouldBe(["YAML-2", "DATA-1"]);
        var results = run.GetProperty("results").EnumerateArray().ToList();
        results.Select(result => result.GetProperty("level").GetString())
            .ShouldBe(["error", "warning", "note"]);
        results.Select(result => result.GetProperty("ruleIndex").GetInt32()).ShouldBe([0, 1, 0]);
        var place = results[1].GetProperty("locations")[0].GetProperty("physicalLocation");
        place.GetProperty("artifactLocation").GetProperty("uri").GetString()
            .ShouldBe("pipelines/a%20b/x%231.csv");
        place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(7);
        results[2].TryGetProperty("locations", out _).ShouldBeFalse();
    }

    /// <summary>What SARIF 2.1.0 demands of what is written here, section by section.</summary>
    [Fact]
    public void NoValueBreaksTheSarifLog() => Gen.Select(
        Gen.Enum<NoticeLevel>(), Text.Where(id => id.Length > 0),
        Text, Text.Where(file => file.Length > 0), Gen.Int[1, 9])
        .Select((level, id, message, file, line) =>
            new Notice(level, id, message, file, line, line)).Array[0, 5]
        .Sample(notices =>
        {
            var run = Sarif(notices);
            var rules = Kinds(run.GetProperty("tool").GetProperty("driver").GetProperty("rules"), "id");
            rules.Distinct().Count().ShouldBe(rules.Count);
            foreach (var result in run.GetProperty("results").EnumerateArray())
            {
                result.GetProperty("ruleId").GetString()
                    .ShouldBe(rules[result.GetProperty("ruleIndex").GetInt32()]);
                result.GetProperty("level").GetString().ShouldBeOneOf("none", "note", "warning", "error");
                result.GetProperty("message").GetProperty("text").GetString().ShouldNotBeNull();
                var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
                place.GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldNotBeNull()
                    .ShouldMatch(@"^(file:///)?[A-Za-z0-9\-._~%/]*$");
                place.GetProperty("region").GetProperty("startColumn").GetInt32().ShouldBeGreaterThan(0);
            }
        }, iter: 300);

    [Fact]
    public void GitLabsReportHasWhatItAsksFor()
    {
        using var stream = new MemoryStream();
        var notice = new Notice(NoticeLevel.Error, "YAML-2", "unknown key", "a.yaml", 9, 3);
        CodeQualityFile.Write(
            stream, [notice, notice, notice with { Line = null }, notice with { File = null }]);

        var entries = JsonElement.Parse(stream.ToArray()).EnumerateArray().ToList();
        entries.Count.ShouldBe(2);
        entries.Select(entry => entry.GetProperty("fingerprint").GetString()).Distinct().Count().ShouldBe(2);
        entries[0].GetProperty("severity").GetString().ShouldBe("major");
        entries[0].GetProperty("location").GetProperty("path").GetString().ShouldBe("a.yaml");
        entries[0].GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32().ShouldBe(9);
        entries[1].GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32().ShouldBe(1);
    }

    static List<string?> Kinds(JsonElement array, string name) =>
        [.. array.EnumerateArray().Select(item => item.GetProperty(name).GetString())];

    static XDocument JUnit(IReadOnlyList<Check> checks)
    {
        using var stream = new MemoryStream();
        JUnitFile.Write(stream, "mlops", checks);
        stream.Position = 0;
        var document = XDocument.Load(stream, LoadOptions.None);
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new StringReader(JUnitSchema)));
        document.Validate(schemas, (_, mistake) => throw mistake.Exception);
        return document;
    }

    static JsonElement Sarif(IReadOnlyList<Notice> notices)
    {
        using var stream = new MemoryStream();
        SarifFile.Write(stream, "Mlops.Build", "1.0", notices);
        var log = JsonElement.Parse(stream.ToArray());
        log.GetProperty("version").GetString().ShouldBe("2.1.0");
        log.GetProperty("$schema").GetString()!.ShouldEndWith("sarif-schema-2.1.0.json");
        return log.GetProperty("runs").EnumerateArray().Single();
    }
}
