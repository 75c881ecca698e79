using System.Globalization;
using System.Text;
using System.Xml;

namespace Mlops.Targets;

/// <summary>Checks as the XML that test tools write and CI servers read.</summary>
static class JUnitFile
{
    static readonly XmlWriterSettings Format = new()
    {
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        Encoding = new UTF8Encoding(false),
    };

    /// <param name="checks">Suites appear in the order of their first check.</param>
    public static void Write(Stream output, string name, IReadOnlyList<Check> checks)
    {
        using var xml = XmlWriter.Create(output, Format);
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, name, checks);
        foreach (var suite in checks.GroupBy(check => check.Suite))
        {
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, suite.Key, [.. suite]);
            foreach (var check in suite)
                WriteCase(xml, check);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void WriteCounts(XmlWriter xml, string name, IReadOnlyList<Check> checks)
    {
        Attribute(xml, "name", name);
        Attribute(xml, "tests", Text(checks.Count));
        Attribute(xml, "failures", Text(checks.Count(check => check.Result == CheckResult.Failed)));
        Attribute(xml, "errors", Text(checks.Count(check => check.Result == CheckResult.Error)));
        Attribute(xml, "skipped", Text(checks.Count(check => check.Result == CheckResult.Skipped)));
        Attribute(xml, "time", Seconds(TimeSpan.FromTicks(checks.Sum(check => check.Duration.Ticks))));
    }

    static void WriteCase(XmlWriter xml, Check check)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", check.Name);
        Attribute(xml, "classname", check.Suite.Replace('/', '.'));
        Attribute(xml, "time", Seconds(check.Duration));
        var message = VisibleText.Of(check.Message ?? "");
        var outcome = check.Result switch
        {
            CheckResult.Failed => "failure",
            CheckResult.Error => "error",
            CheckResult.Skipped => "skipped",
            _ => null,
        };
        if (outcome is not null)
        {
            xml.WriteStartElement(outcome);
            Attribute(xml, "message", message);
            if (outcome != "skipped")
                xml.WriteString(message);
            xml.WriteEndElement();
        }
        else if (message.Length > 0)
        {
            xml.WriteElementString("system-out", message);
        }
        xml.WriteEndElement();
    }

    /// <remarks>XML has no way at all to hold most control characters: they are shown.</remarks>
    static void Attribute(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeString(name, VisibleText.Of(value));

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
