using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mlops.Targets;

/// <summary>Notices that have a place as the JSON that GitLab shows beside a change.</summary>
static class CodeQualityFile
{
    static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n" };

    public static void Write(Stream output, IReadOnlyList<Notice> notices)
    {
        using var json = new Utf8JsonWriter(output, Format);
        json.WriteStartArray();
        foreach (var notice in notices.Where(notice => notice.File is not null).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("description", VisibleText.Of(notice.Message));
            json.WriteString("check_name", notice.Id);
            json.WriteString("fingerprint",
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.ToString()))));
            json.WriteString("severity", Severity(notice.Level));
            json.WriteStartObject("location");
            json.WriteString("path", notice.File);
            json.WriteStartObject("lines");
            json.WriteNumber("begin", notice.Line ?? 1);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static string Severity(NoticeLevel level) => level switch
    {
        NoticeLevel.Error => "major",
        NoticeLevel.Warning => "minor",
        _ => "info",
    };
}
