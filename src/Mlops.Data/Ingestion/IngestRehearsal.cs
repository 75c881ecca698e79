using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>A raw file with a column of each usual type, to rehearse Ingest with.</summary>
public static class IngestRehearsal
{
    /// <summary>Two rows of delimited text.</summary>
    public static byte[] Source => Encoding.ASCII.GetBytes("""
        word,whole,part,flag,day,time
        a,1,0.5,true,2000-01-01,2000-01-01T00:00:00
        b,2,1.5,false,2000-01-02,2000-01-02T00:00:00

        """);

    public static IngestInput Input(Digest source, long lengthBytes) =>
        new([new SourceFile("rehearsal.csv", source, lengthBytes)], new TextFormat(), null, null, 0);

    /// <summary>Whether a raw file is of the kind that the rehearsal goes through.</summary>
    /// <param name="format">Of all files together.</param>
    public static bool IsLike(TextFormat format, string name) => SourceKind.Of(format, name) is null;
}
