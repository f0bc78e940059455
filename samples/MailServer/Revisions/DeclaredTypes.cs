using FluentMigrator.Builders;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Infrastructure;

namespace MailServer.Revisions;

/// <summary>The column types as the mail server declares them: SQLite keeps the declared text, and tools read it.</summary>
internal static class DeclaredTypes
{
    extension<TNext>(IColumnTypeSyntax<TNext> column)
        where TNext : IFluentSyntax
    {
        public TNext AsVarchar(int length) => column.AsCustom($"VARCHAR({length})");

        public TNext AsFlag() => column.AsCustom("BOOLEAN");

        public TNext AsDay() => column.AsCustom("DATE");

        public TNext AsInteger() => column.AsCustom("INTEGER");

        public TNext AsBigInteger() => column.AsCustom("BIGINT");

        public TNext AsNumeric() => column.AsCustom("NUMERIC");
    }

    extension(ICreateTableWithColumnSyntax table)
    {
        /// <summary>When a row was made and changed, and the administrator's remark.</summary>
        public ICreateTableColumnOptionOrWithColumnSyntax WithBookkeeping() => table
            .WithColumn("created_at").AsDay().NotNullable()
            .WithColumn("updated_at").AsDay().Nullable()
            .WithColumn("comment").AsVarchar(255).Nullable();
    }
}
